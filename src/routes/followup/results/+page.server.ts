import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { seesBoard } from '#slices/followup/access.ts';
import { likenesses } from '#slices/followup/non-response.ts';
import {
	evaluatedPeople,
	evaluatedPrograms,
	evaluationResults,
	nonResponse
} from '#slices/followup/server/queries/evaluation-results.ts';
import { filterOf } from '#slices/followup/server/queries/filter.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	if (!seesBoard(actor)) throw missing();
	const filter = filterOf(url);
	const list = listQuery(url, { sorts: ['closed'], size: 10 });
	const results = await evaluationResults(db, actor, filter);
	return {
		filter,
		programs: await evaluatedPrograms(db, actor),
		results,
		people: await evaluatedPeople(db, actor, filter, list),
		paging: { page: list.page, size: list.size, total: results.closed },
		compared: likenesses(await nonResponse(db, actor, filter))
	};
});
