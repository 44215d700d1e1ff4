import { isValidDate } from '#kernel/time.ts';
import { page } from '#platform/http/page.ts';
import { dayAsked } from '#slices/people/history.ts';
import { officeChart } from '#slices/people/server/queries/office-chart.ts';

export const load = page(async ({ db, actor, url, today, id }) => {
	const day = dayAsked(url.searchParams.get('on'), today, isValidDate);
	return { day, today, top: await officeChart(db, actor, id('id'), day ?? today) };
});
