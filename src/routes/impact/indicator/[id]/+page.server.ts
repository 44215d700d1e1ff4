import { page } from '#platform/http/page.ts';
import { canEdit } from '#slices/impact/access.ts';
import {
	correctionsOf,
	indicatorById,
	qualityOfIndicator,
	seriesOf,
	versionsOf
} from '#slices/impact/server/queries/indicators.ts';
import { canTrace } from '#slices/reports/access.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id }) => {
	const list = listQuery(url, { sorts: ['name'], size: 48 });
	const indicator = await indicatorById(db, actor, id('id'));
	const { total, series } = await seriesOf(db, actor, indicator.id, list);
	const shown = series.map(({ unitId }) => unitId);
	return {
		indicator,
		series,
		versions: await versionsOf(db, indicator.id),
		quality: shown.length === 0 ? [] : await qualityOfIndicator(db, indicator.id, shown),
		corrections: await correctionsOf(db, actor, indicator.id),
		paging: { page: list.page, size: list.size, total },
		can: { edit: canEdit(actor), trace: canTrace(actor) }
	};
});
