import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { seesBoard } from '#slices/followup/access.ts';
import { board, BOARD_PAGE, obstacles } from '#slices/followup/server/queries.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!seesBoard(actor)) throw missing();
	const list = listQuery(url, { sorts: ['late'], size: BOARD_PAGE });
	return { list, ...(await board(db, actor, today, list.page)), obstacles: await obstacles(db, actor) };
});
