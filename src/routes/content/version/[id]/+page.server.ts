import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { carryOver } from '#slices/content/server/commands/carry-over.ts';
import { raiseLesson } from '#slices/content/server/commands/lessons.ts';
import { versionMaterial } from '#slices/content/server/queries.ts';

export const load = page(({ db, actor, id }) => versionMaterial(db, actor, id('id')));

export const actions = formActions({
	carryOver: formAction(carryOver, {
		then: ({ lessons, quizzes }) => ({ say: 'content.version.carried', params: { lessons, quizzes } })
	}),
	raise: formAction(raiseLesson)
});
