import { page } from '#platform/http/page.ts';
import { seesBoard } from '#slices/followup/access.ts';
import { evaluationSheet } from '#slices/followup/server/queries/evaluations.ts';
import { canTrace } from '#slices/reports/access.ts';

export const load = page(async ({ db, actor, id }) => ({
	sheet: await evaluationSheet(db, actor, id('id')),
	trace: canTrace(actor),
	can: { compare: seesBoard(actor) }
}));
