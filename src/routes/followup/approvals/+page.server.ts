import { page } from '#platform/http/page.ts';
import { plansWaitingFor, unansweredFor } from '#slices/followup/server/queries.ts';

export const load = page(async ({ db, actor }) => ({
	plans: await plansWaitingFor(db, actor),
	checkIns: await unansweredFor(db, actor)
}));
