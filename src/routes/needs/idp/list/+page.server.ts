import { page } from '#platform/http/page.ts';
import { IDP_STATUSES } from '#slices/needs/idp.ts';
import { idpsIn } from '#slices/needs/server/queries/idps.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const next = Number(today.slice(0, 4)) + 1;
	const asked = Number(url.searchParams.get('year'));
	const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? asked : next;
	const status = IDP_STATUSES.find((one) => one === url.searchParams.get('status')) ?? null;
	const { page: number, size, offset, search } = listQuery(url, { sorts: ['name'] });
	return {
		year,
		years: [next - 1, next],
		status,
		search,
		paging: { page: number, size },
		...(await idpsIn(db, actor, { year, status, search, limit: size, offset }))
	};
});
