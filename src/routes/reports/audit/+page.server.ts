import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { canAudit } from '#slices/reports/access.ts';
import { auditLines } from '#slices/reports/server/queries.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	if (!canAudit(actor)) throw missing();
	const list = listQuery(url, { sorts: ['at'], size: 50 });
	return { list, ...(await auditLines(db, list.search, list.page)) };
});
