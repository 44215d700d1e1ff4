import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { dictionaryOn } from '#slices/competencies/public.server.ts';
import { canConsolidate, readsNeeds } from '#slices/needs/proposal-access.ts';
import { setImportance } from '#slices/needs/server/commands/record-need-sources.ts';
import { withdrawRule } from '#slices/needs/server/commands/withdraw-rule.ts';
import { importanceRules } from '#slices/needs/server/queries/need-rulesets.ts';

export const load = page(async ({ db, actor, today }) => {
	if (!readsNeeds(actor)) throw missing();
	const { competencies } = await dictionaryOn(db, today);
	return {
		today,
		competencies: competencies.map(({ id, code, name, nameEn }) => ({ id, code, name, nameEn })),
		rules: await importanceRules(db),
		can: { change: canConsolidate(actor) }
	};
});

export const actions = formActions({
	set: formAction(setImportance, { then: () => ({ say: 'needs.importance.done' }) }),
	withdraw: formAction(withdrawRule, { then: () => ({ say: 'needs.rule.withdrawn' }) })
});
