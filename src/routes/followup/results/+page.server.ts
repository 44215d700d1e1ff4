import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { seesBoard } from '#slices/followup/access.ts';
import { likeness, standardisedDifference } from '#slices/followup/non-response.ts';
import {
	evaluationResults,
	evaluatedPrograms,
	nonResponse
} from '#slices/followup/server/queries/evaluation-results.ts';
import { filterOf } from '#slices/followup/server/queries/filter.ts';

export const load = page(async ({ db, actor, url }) => {
	if (!seesBoard(actor)) throw missing();
	const filter = filterOf(url);
	return {
		filter,
		programs: await evaluatedPrograms(db, actor),
		results: await evaluationResults(db, actor, filter),
		compared: (await nonResponse(db, actor, filter)).map((one) => {
			const difference = standardisedDifference(one);
			return { trait: one.trait, difference, likeness: likeness(difference) };
		})
	};
});
