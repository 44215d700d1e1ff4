import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { finishQuiz, saveAnswer } from '#slices/learning/server/commands/quizzes.ts';
import { attemptPage } from '#slices/learning/server/queries.ts';

export const load = page(async ({ db, actor, id, now, today }) => ({
	attempt: await attemptPage(db, actor, id('id'), today),
	serverNow: now.getTime()
}));

export const actions = formActions({
	answer: formAction(saveAnswer, {
		input: (form, event) => ({ ...fieldsOf(form), attemptId: event.params['id'] }),
		then: (_, event) => ({
			to: `${event.url.pathname}?q=${Number(event.url.searchParams.get('q') ?? '0') + 1}`
		})
	}),
	finish: formAction(finishQuiz, { then: (_, event) => ({ to: event.url.pathname }) })
});
