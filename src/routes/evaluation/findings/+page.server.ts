import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { canReadAll } from '#slices/evaluation/access.ts';
import { findingList } from '#slices/evaluation/server/finding-list.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['written'], size: 20 });
	const state = url.searchParams.get('state') === 'decided' ? 'decided' : 'open';
	const { rows, counts } = await findingList(db, actor, { state, size: list.size, offset: list.offset });
	// Whoever neither reads evaluations nor has anything to do with a finding has no such page.
	if (!canReadAll(actor) && counts.open + counts.decided === 0) throw missing();
	return { rows, counts, state, paging: { page: list.page, size: list.size, total: counts[state] } };
});
