import { formAction, formActions, fieldsOf } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canDecide, canWrite } from '#slices/followup/access.ts';
import { OBSTACLES } from '#slices/followup/model.ts';
import { APPROVED } from '#slices/followup/rules.ts';
import { answerTyped } from '#slices/followup/answer-typed.ts';
import { answerCheckIn, checkIn, decidePlan, tickStep } from '#slices/followup/server/commands.ts';
import { adoptProject, sayMilestone } from '#slices/followup/server/commands/project.ts';
import { planSheet } from '#slices/followup/server/queries.ts';
import { indicatorName } from '#slices/impact/public.server.ts';
import { canTrace } from '#slices/reports/access.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const plan = await planSheet(db, actor, id('id'));
	const going = plan.status === 'approved' || plan.status === 'running';
	return {
		plan,
		indicator: plan.indicatorId === null ? null : await indicatorName(db, plan.indicatorId),
		today,
		obstacles: [...OBSTACLES],
		can: {
			checkIn: going && canWrite(actor, plan),
			sayMilestone: APPROVED.includes(plan.status) && canWrite(actor, plan),
			decide: plan.status === 'submitted' && canDecide(actor, plan),
			answer: canDecide(actor, plan),
			trace: plan.status !== 'draft' && canTrace(actor)
		}
	};
});

const uploaded = async (file: unknown) =>
	file instanceof File && file.size > 0
		? { name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) }
		: undefined;

export const actions = formActions({
	decide: formAction(decidePlan, { then: () => ({ say: 'followup.decide.done' }) }),
	tick: formAction(tickStep),
	milestone: formAction(sayMilestone, { then: () => ({ say: 'followup.project.said' }) }),
	adopt: formAction(adoptProject, { then: () => ({ say: 'followup.adopt.done' }) }),
	answer: formAction(answerCheckIn, {
		input: (form) => answerTyped(fieldsOf(form)),
		then: () => ({ say: 'followup.answer.done' })
	}),
	checkIn: formAction(checkIn, {
		input: async (form) => {
			const { photo, thumb, ...typed } = fieldsOf(form);
			return { ...typed, photo: await uploaded(photo), thumb: await uploaded(thumb) };
		},
		then: () => ({ say: 'followup.checkIn.done' })
	})
});
