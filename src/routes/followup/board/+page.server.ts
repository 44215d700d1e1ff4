import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { keepsHouse, seesBoard } from '#slices/followup/access.ts';
import { likenesses, responseOf } from '#slices/followup/non-response.ts';
import { board, BOARD_PAGE, boardChoices, checkInResponse } from '#slices/followup/server/queries/board.ts';
import { boardFilterOf } from '#slices/followup/server/queries/filter.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!seesBoard(actor)) throw missing();
	const list = listQuery(url, {
		sorts: ['-status', 'status', 'person', 'unit', 'program', 'progress', 'last'],
		size: BOARD_PAGE
	});
	const filter = boardFilterOf(url);
	const compared = await checkInResponse(db, actor, today, filter);
	return {
		list,
		filter,
		...(await board(db, actor, today, list.page, filter, list.sort)),
		response: responseOf(compared),
		compared: likenesses(compared),
		choices: await boardChoices(db, actor, filter),
		can: { set: keepsHouse(actor) }
	};
});
