import { page } from '#platform/http/page.ts';
import { canEdit, canEditPeople } from '#slices/impact/access.ts';
import {
	correctionsOf,
	indicatorWithGroups,
	qualityOfIndicator,
	seriesOf,
	versionsOf
} from '#slices/impact/server/queries/indicators.ts';
import { peopleCorrectionsOf, peopleSeriesOf } from '#slices/impact/server/queries/people-figures.ts';
import { noteLook } from '#slices/people/server/access-log.ts';
import { canTrace } from '#slices/reports/access.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id, today, now }) => {
	const list = listQuery(url, { sorts: ['name'], size: 48 });
	const { indicator, groups } = await indicatorWithGroups(db, actor, id('id'));
	const ofPeople = indicator.subject === 'person';
	const { total, series } = ofPeople
		? await peopleSeriesOf(db, actor, indicator.id, list)
		: await seriesOf(db, actor, indicator.id, list);
	const shown = series.map(({ unitId }) => unitId);
	// A page of figures one by one is a look at each of these people.
	if (ofPeople) for (const personId of shown) noteLook({ actor, personId, day: today, at: now });
	return {
		indicator,
		series,
		groups,
		versions: await versionsOf(db, indicator.id),
		quality: shown.length === 0 ? [] : await qualityOfIndicator(db, indicator.id, shown, indicator.subject),
		corrections: ofPeople
			? await peopleCorrectionsOf(db, actor, indicator.id)
			: await correctionsOf(db, actor, indicator.id),
		search: list.search,
		paging: { page: list.page, size: list.size, total },
		can: {
			edit: canEdit(actor),
			enter: ofPeople ? canEditPeople(actor) : canEdit(actor),
			trace: canTrace(actor)
		}
	};
});
