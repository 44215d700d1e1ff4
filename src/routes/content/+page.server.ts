import { page } from '#platform/http/page.ts';
import { materialList } from '#slices/content/server/queries.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['bare'], size: 50 });
	return { list, ...(await materialList(db, actor, list)) };
});
