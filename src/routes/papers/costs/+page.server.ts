import { yearOf } from '#kernel/time.ts';
import { page } from '#platform/http/page.ts';
import { costsOfYear } from '#slices/papers/server/queries/costs.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const list = listQuery(url, { sorts: ['-starts'], size: 50 });
	const asked = Number(url.searchParams.get('year'));
	const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? asked : yearOf(today);
	return { list, year, ...(await costsOfYear(db, actor, year, list)) };
});
