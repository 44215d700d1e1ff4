import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { addLine } from '#slices/plans/server/commands/write-line.ts';
import { acceptedChoices } from '#slices/plans/server/accepted-choices.ts';
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
	const plan = await planById(db, actor, id('id'));
	const accepted = await acceptedChoices(db, actor, plan.plan.year);
	const need = accepted.find((one) => one.id === asked('need'));
	return {
		...plan,
		accepted,
		need: need ?? null,
		...(await gapChoices(db, actor, need ? { ...question, ...need } : question)),
		unitId: need?.unitId ?? question.unitId,
		competencyId: need?.competencyId ?? question.competencyId,
		programId: asked('program')
	};
});

export const actions = formActions({
	default: formAction(addLine, { then: ({ planId }) => ({ to: `/plans/${planId}` }) })
});
