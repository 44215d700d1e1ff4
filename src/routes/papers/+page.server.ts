import { page } from '#platform/http/page.ts';
import { canIssue, canReadCosts } from '#slices/papers/access.ts';
import { PAPER_KINDS, PAPER_STATUSES } from '#slices/papers/model.ts';
import { papersIn } from '#slices/papers/server/queries/papers.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['-date', 'number', 'class', 'for'], size: 50 });
	const kind = PAPER_KINDS.find((one) => one === url.searchParams.get('kind')) ?? null;
	const status = PAPER_STATUSES.find((one) => one === url.searchParams.get('status')) ?? null;
	return {
		list,
		kind,
		status,
		...(await papersIn(db, actor, { search: list.search, kind, status }, list)),
		can: { settings: canIssue(actor), costs: canReadCosts(actor) }
	};
});
