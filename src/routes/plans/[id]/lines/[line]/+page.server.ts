import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canSplit } from '#slices/classes/cohort-access.ts';
import { changeLine, removeLine } from '#slices/plans/server/commands/write-line.ts';
import { linesOf, planById } from '#slices/plans/server/queries.ts';
import { canTrace } from '#slices/reports/access.ts';

export const load = page(async ({ db, actor, id }) => {
	const { plan, can } = await planById(db, actor, id('id'));
	const { lines } = await linesOf(db, actor, plan.id, { lineId: id('line') }, { limit: 1, offset: 0 });
	const [line] = lines;
	if (!line) throw missing();
	const split = plan.status === 'decreed' && canSplit(actor);
	return { plan, line, can, split, trace: canTrace(actor) };
});

export const actions = formActions({
	change: formAction(changeLine, { then: ({ planId }) => ({ to: `/plans/${planId}#lines` }) }),
	remove: formAction(removeLine, { then: ({ planId }) => ({ to: `/plans/${planId}#lines` }) })
});
