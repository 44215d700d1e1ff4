import { page } from '#platform/http/page.ts';
import { decidesForTeam, seesBoard } from '#slices/followup/access.ts';
import { ownPlans } from '#slices/followup/server/queries.ts';
import { ratingDuties } from '#slices/followup/server/queries/evaluations.ts';

export const load = page(async ({ db, actor, today }) => ({
	today,
	plans: actor.personId === null ? [] : await ownPlans(db, actor.personId),
	toRate:
		actor.personId === null
			? 0
			: (await ratingDuties(db, actor.personId, today)).filter(({ done }) => !done).length,
	can: { board: seesBoard(actor), decide: decidesForTeam(actor) }
}));
