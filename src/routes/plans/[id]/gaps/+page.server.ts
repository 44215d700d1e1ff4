import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { addLine } from '#slices/plans/server/commands/write-line.ts';
import { gapChoices } from '#slices/plans/server/gap-choices.ts';
import { planById } from '#slices/plans/server/queries.ts';

export const load = page(async ({ db, actor, url, id }) => {
	const asked = (name: string): string | null => {
		const value = url.searchParams.get(name);
		return value !== null && isId(value) ? value : null;
	};
	const question = {
		campaignId: asked('campaign'),
		unitId: asked('unit'),
		competencyId: asked('competency')
	};
	return {
		...(await planById(db, actor, id('id'))),
		...(await gapChoices(db, actor, question)),
		unitId: question.unitId,
		competencyId: question.competencyId,
		programId: asked('program')
	};
});

export const actions = formActions({
	default: formAction(addLine, { then: ({ planId }) => ({ to: `/plans/${planId}` }) })
});
