import { page } from '#platform/http/page.ts';
import { decidesForTeam, seesBoard } from '#slices/followup/access.ts';
import { ownPlans } from '#slices/followup/server/queries.ts';

export const load = page(async ({ db, actor, today }) => ({
	today,
	plans: actor.personId === null ? [] : await ownPlans(db, actor.personId),
	can: { board: seesBoard(actor), decide: decidesForTeam(actor) }
}));
