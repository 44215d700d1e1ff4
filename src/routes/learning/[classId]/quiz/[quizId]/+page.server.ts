import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { startQuiz } from '#slices/learning/server/commands/quizzes.ts';
import { quizPage } from '#slices/learning/server/queries.ts';

export const load = page(({ db, actor, id, today }) =>
	quizPage(db, actor, id('classId'), id('quizId'), today)
);

export const actions = formActions({
	default: formAction(startQuiz, { then: ({ attemptId }) => ({ to: `/learning/attempt/${attemptId}` }) })
});
