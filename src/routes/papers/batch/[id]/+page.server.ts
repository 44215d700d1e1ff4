import { page } from '#platform/http/page.ts';
import { batchSheet } from '#slices/papers/server/queries/class-papers.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id, event }) => {
	const list = listQuery(url, { sorts: ['number'], size: 100 });
	return {
		list,
		...(await batchSheet(db, actor, id('id'), list)),
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});
