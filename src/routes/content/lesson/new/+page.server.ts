import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { moduleHead } from '#slices/content/server/queries.ts';
import { createLesson } from '../lesson-action.ts';

export const load = page(({ db, actor, url }) => {
	const moduleId = url.searchParams.get('module') ?? '';
	if (!isId(moduleId)) throw missing();
	return moduleHead(db, actor, moduleId);
});

export const actions = formActions({ save: createLesson });
