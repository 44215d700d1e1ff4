import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { canTrace } from '#slices/reports/access.ts';
import { linesToTrace } from '#slices/reports/server/queries.ts';

export const load = page(async ({ db, actor }) => {
	if (!canTrace(actor)) throw missing();
	return { lines: await linesToTrace(db, actor) };
});
