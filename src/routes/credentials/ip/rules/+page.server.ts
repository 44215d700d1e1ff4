import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canSetRules } from '#slices/credentials/access.ts';
import { setIpRules } from '#slices/credentials/server/commands/rules.ts';
import { ipRulesOf, ipVersions } from '#slices/credentials/server/ip-rules.ts';
import { FORMS } from '#slices/programs/public.ts';

export const load = page(async ({ db, actor, today }) => ({
	today,
	rules: await ipRulesOf(db, Number(today.slice(0, 4))),
	versions: (await ipVersions(db)).map(({ id, name, legalBasis, validFrom, who, at }) => ({
		id,
		name,
		legalBasis,
		validFrom,
		who,
		at
	})),
	forms: [...FORMS],
	can: { set: canSetRules(actor) }
}));

export const actions = formActions({
	set: formAction(setIpRules, { input: fieldsOf, then: () => ({ say: 'credentials.ipRules.done' }) })
});
