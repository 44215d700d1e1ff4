import { page } from '#platform/http/page.ts';
import { yearResults } from '#slices/reports/server/year-results.ts';
import { reportYear } from '#slices/reports/year.ts';

export const load = page(async ({ db, actor, url, today }) => ({
	thisYear: Number(today.slice(0, 4)),
	results: await yearResults(db, actor, reportYear(url, today))
}));
