import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { finishLesson } from '#slices/learning/server/commands/lessons.ts';
import { lessonPage } from '#slices/learning/server/queries.ts';

export const load = page(async ({ db, actor, id, now }) => ({
	...(await lessonPage(db, actor, id('classId'), id('lessonId'))),
	openedAt: now.toISOString()
}));

export const actions = formActions({
	finish: formAction(finishLesson, {
		// On to the next lesson, or back to the class after the last.
		then: ({ classId }, event) => {
			const next = event.url.searchParams.get('next') ?? '';
			return {
				to: /^[\da-f-]{36}$/.test(next) ? `/learning/${classId}/lesson/${next}` : `/learning/${classId}`
			};
		}
	})
});
