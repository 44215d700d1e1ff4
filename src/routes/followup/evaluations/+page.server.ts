import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { ownEvaluations, ratingDuties } from '#slices/followup/server/queries/evaluations.ts';

export const load = page(async ({ db, actor, today }) => {
	if (actor.personId === null) throw missing();
	return {
		duties: await ratingDuties(db, actor.personId, today),
		own: await ownEvaluations(db, actor.personId)
	};
});
