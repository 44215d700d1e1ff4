import { page } from '#platform/http/page.ts';
import { classProgress } from '#slices/learning/server/progress.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const list = listQuery(url, { sorts: ['read'], size: 100 });
	return { list, ...(await classProgress(db, actor, id('classId'), list)) };
});
