import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canCreate } from '#slices/plans/access.ts';
import { createPlan } from '#slices/plans/server/commands/write-plan.ts';

export const load = page(async ({ actor, today }) => {
	if (!canCreate(actor)) throw missing();
	return { year: Number(today.slice(0, 4)) + 1 };
});

export const actions = formActions({
	default: formAction(createPlan, { then: ({ planId }) => ({ to: `/plans/${planId}` }) })
});
