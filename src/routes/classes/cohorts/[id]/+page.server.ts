import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { applySplit } from '#slices/classes/server/commands/apply-split.ts';
import { setSplitPlaces } from '#slices/classes/server/commands/set-split-places.ts';
import { solveSplit } from '#slices/classes/server/commands/solve-split.ts';
import { changeSplit, discardSplit } from '#slices/classes/server/commands/start-split.ts';
import { cohortsOf, countersIn, peopleIn, splitSheet } from '#slices/classes/server/queries/split-sheet.ts';
import { placesFor } from '#slices/classes/server/queries/split-places.ts';
import { districts } from '#slices/classes/server/queries/splits.ts';
import { adjoining } from '#slices/people/public.server.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id, event }) => {
	const { loaded, assignment, ...sheet } = await splitSheet(db, actor, id('id'));
	const it = { loaded, assignment };
	const list = listQuery(url, { sorts: ['name'], size: 40 });
	const slice = { limit: list.size, offset: list.offset };
	const shared = {
		...sheet,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta',
		list,
		cohorts: cohortsOf(it)
	};
	switch (url.searchParams.get('tab')) {
		case 'people': {
			const at = url.searchParams.get('class');
			return { ...shared, tab: 'people' as const, at, ...peopleIn(it, { at, search: list.search }, slice) };
		}
		case 'counters':
			return { ...shared, tab: 'counters' as const, counters: countersIn(it, slice) };
		case 'places':
			return { ...shared, tab: 'places' as const, places: await placesFor(db, actor, id('id'), loaded) };
		case 'settings':
			return {
				...shared,
				tab: 'settings' as const,
				districts: await districts(db, actor),
				adjoining: (await adjoining(db)).length > 0
			};
		default:
			return { ...shared, tab: 'cohorts' as const };
	}
});

export const actions = formActions({
	solve: formAction(solveSplit, { then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) }),
	apply: formAction(applySplit, {
		then: ({ enrolled }) => ({ say: 'classes.split.appliedDone', params: { enrolled } })
	}),
	change: formAction(changeSplit, { then: () => ({ say: 'classes.split.changed' }) }),
	places: formAction(setSplitPlaces, { then: () => ({ say: 'classes.split.changed' }) }),
	discard: formAction(discardSplit, { then: () => ({ to: '/classes/cohorts' }) })
});
