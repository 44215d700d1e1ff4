import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import {
	addRule,
	describeStandard,
	discardStandard,
	putStandardInForce,
	removeRule
} from '#slices/competencies/server/commands/standards.ts';
import { affectedBy } from '#slices/competencies/server/queries/affected.ts';
import {
	titlesInUse,
	titlesNobodyHolds,
	unitKindsInUse
} from '#slices/competencies/server/queries/required.ts';
import { competenciesToName, rulesOf, standardById } from '#slices/competencies/server/queries/standards.ts';
import { movedGaps } from '#slices/needs/public.server.ts';

export const load = page(async ({ db, actor, id }) => {
	const standard = await standardById(db, actor, id('id'));
	const change = { kind: 'standard', on: standard.validFrom, standardId: standard.id } as const;
	const draft = standard.status === 'draft';
	const rules = await rulesOf(db, standard.id);
	return {
		standard,
		rules,
		competencies: await competenciesToName(db),
		can: partsFor(actor),
		unitKinds: draft ? await unitKindsInUse(db) : [],
		titles: draft ? await titlesInUse(db) : [],
		unheld: draft
			? await titlesNobodyHolds(
					db,
					rules.map(({ postTitle }) => postTitle)
				)
			: [],
		// What it would mean is asked only while it can still be changed.
		effect: draft ? { affected: await affectedBy(db, change), moved: await movedGaps(db, change) } : null
	};
});

export const actions = formActions({
	describe: formAction(describeStandard, { then: () => ({ say: 'competencies.standard.saved' }) }),
	add: formAction(addRule, { then: () => ({ say: 'competencies.standard.added' }) }),
	remove: formAction(removeRule, { then: () => ({ say: 'competencies.standard.ruleRemoved' }) }),
	inForce: formAction(putStandardInForce, { then: () => ({ say: 'competencies.standard.done' }) }),
	discard: formAction(discardStandard, { then: () => ({ to: '/competencies/standards' }) })
});
