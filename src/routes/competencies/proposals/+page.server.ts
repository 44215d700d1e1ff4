import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { proposalsFor } from '#slices/competencies/server/queries/proposals.ts';

export const load = page(async ({ db, actor }) => ({
	proposals: await proposalsFor(db, actor),
	can: partsFor(actor)
}));
