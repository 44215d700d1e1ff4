import { formAction, formActions, fieldsOf } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canDecide, canWrite } from '#slices/followup/access.ts';
import { OBSTACLES } from '#slices/followup/model.ts';
import { answerCheckIn, checkIn, decidePlan, tickStep } from '#slices/followup/server/commands.ts';
import { planSheet } from '#slices/followup/server/queries.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const plan = await planSheet(db, actor, id('id'));
	const going = plan.status === 'approved' || plan.status === 'running';
	return {
		plan,
		today,
		obstacles: [...OBSTACLES],
		can: {
			checkIn: going && canWrite(actor, plan),
			decide: plan.status === 'submitted' && canDecide(actor, plan),
			answer: canDecide(actor, plan)
		}
	};
});

export const actions = formActions({
	decide: formAction(decidePlan, { then: () => ({ say: 'followup.decide.done' }) }),
	tick: formAction(tickStep),
	answer: formAction(answerCheckIn, { then: () => ({ say: 'followup.answer.done' }) }),
	checkIn: formAction(checkIn, {
		input: async (form) => {
			const { photo, ...typed } = fieldsOf(form);
			return {
				...typed,
				...(photo instanceof File && photo.size > 0
					? { photo: { name: photo.name.slice(0, 200), bytes: new Uint8Array(await photo.arrayBuffer()) } }
					: {})
			};
		},
		then: () => ({ say: 'followup.checkIn.done' })
	})
});
