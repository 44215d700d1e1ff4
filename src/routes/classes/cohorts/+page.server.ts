import { page } from '#platform/http/page.ts';
import { programsToSplit, splitsOf } from '#slices/classes/server/queries/splits.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, event }) => {
	const list = listQuery(url, { sorts: ['created'], size: 25 });
	return {
		...(await splitsOf(db, actor, { limit: list.size, offset: list.offset })),
		programs: await programsToSplit(db, actor),
		list,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});
