import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { raiseQuestion, removeQuestion, saveQuestion } from '#slices/content/server/commands/questions.ts';
import { replaceQuiz, saveQuiz } from '#slices/content/server/commands/quizzes.ts';
import { quizEditor } from '#slices/content/server/queries.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const editor = await quizEditor(db, actor, id('id'));
	const edited = editor.questions.find((question) => question.id === url.searchParams.get('edit'));
	return { ...editor, edited: edited ?? null };
});

export const actions = formActions({
	save: formAction(saveQuiz, { then: () => ({ say: 'content.quiz.saved' }) }),
	saveQuestion: formAction(saveQuestion, {
		// A changed question leads back to where it stands in the list; after a new one the next can be written.
		then: ({ questionId }, event) =>
			event.url.searchParams.has('edit')
				? { to: `${event.url.pathname}#q-${questionId}` }
				: { say: 'content.question.saved' }
	}),
	removeQuestion: formAction(removeQuestion, { then: () => ({ say: 'content.question.removed' }) }),
	raiseQuestion: formAction(raiseQuestion),
	replace: formAction(replaceQuiz, { then: ({ quizId }) => ({ to: `/content/quiz/${quizId}` }) })
});
