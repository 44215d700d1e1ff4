import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { lastRun, PEOPLE_PAGE, scoresOfUnit, spreadByUnit } from '#slices/credentials/server/queries/ip.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, id, url, today }) => {
	const thisYear = Number(today.slice(0, 4));
	const asked = Number(url.searchParams.get('year'));
	const year = Number.isInteger(asked) && asked >= 2019 && asked <= thisYear ? asked : thisYear;
	const list = listQuery(url, { sorts: ['total'], size: PEOPLE_PAGE });
	const run = await lastRun(db, year);
	if (!run) throw missing();
	const unitId = id('id');
	return {
		year,
		list,
		...(await scoresOfUnit(db, actor, run.id, unitId, list.page)),
		units: await spreadByUnit(db, actor, run.id, unitId)
	};
});
