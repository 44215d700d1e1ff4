import { page } from '#platform/http/page.ts';
import { programList } from '#slices/programs/server/queries.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['name', 'hours'], size: 50 });
	return { list, ...(await programList(db, actor, list)) };
});
