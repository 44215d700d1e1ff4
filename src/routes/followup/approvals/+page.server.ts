import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { answerCheckIn } from '#slices/followup/server/commands/check-in.ts';
import { plansWaitingFor, unansweredFor } from '#slices/followup/server/queries.ts';

export const load = page(async ({ db, actor }) => ({
	plans: await plansWaitingFor(db, actor),
	checkIns: await unansweredFor(db, actor)
}));

export const actions = formActions({
	answer: formAction(answerCheckIn, { then: () => ({ say: 'followup.answer.done' }) })
});
