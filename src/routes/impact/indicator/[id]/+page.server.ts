import { page } from '#platform/http/page.ts';
import { canEdit } from '#slices/impact/access.ts';
import { indicatorById, seriesOf } from '#slices/impact/server/queries/indicators.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id }) => {
	const list = listQuery(url, { sorts: ['name'], size: 48 });
	const indicator = await indicatorById(db, actor, id('id'));
	const { total, series } = await seriesOf(db, actor, indicator.id, list);
	return {
		indicator,
		series,
		paging: { page: list.page, size: list.size, total },
		can: { edit: canEdit(actor) }
	};
});
