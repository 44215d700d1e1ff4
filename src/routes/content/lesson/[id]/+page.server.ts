import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { removeLesson } from '#slices/content/server/commands/lessons.ts';
import { lessonEditor } from '#slices/content/server/queries.ts';
import { changeLesson } from '../lesson-action.ts';

export const load = page(({ db, actor, id }) => lessonEditor(db, actor, id('id')));

export const actions = formActions({
	save: changeLesson,
	remove: formAction(removeLesson, { then: ({ versionId }) => ({ to: `/content/version/${versionId}` }) })
});
