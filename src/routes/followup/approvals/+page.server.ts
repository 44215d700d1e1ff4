import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { answerTyped } from '#slices/followup/answer-typed.ts';
import { answerCheckIn } from '#slices/followup/server/commands/check-in.ts';
import { plansWaitingFor, unansweredFor } from '#slices/followup/server/queries.ts';

export const load = page(async ({ db, actor }) => ({
	plans: await plansWaitingFor(db, actor),
	checkIns: await unansweredFor(db, actor)
}));

export const actions = formActions({
	answer: formAction(answerCheckIn, {
		input: (form) => answerTyped(fieldsOf(form)),
		then: () => ({ say: 'followup.answer.done' })
	})
});
