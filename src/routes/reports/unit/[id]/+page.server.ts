import { page } from '#platform/http/page.ts';
import { hoursByUnit, hoursOfPeople, PEOPLE_PAGE } from '#slices/reports/server/learning-hours.ts';
import { reportYear } from '#slices/reports/year.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today, id }) => {
	const year = reportYear(url, today);
	const list = listQuery(url, { sorts: ['jp'], size: PEOPLE_PAGE });
	const unitId = id('id');
	return {
		year,
		list,
		...(await hoursOfPeople(db, actor, year, unitId, list.page)),
		units: await hoursByUnit(db, actor, year, unitId)
	};
});
