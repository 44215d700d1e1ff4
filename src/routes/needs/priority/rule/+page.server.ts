import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { missing } from '#kernel/errors.ts';
import { canConsolidate } from '#slices/needs/proposal-access.ts';
import { setPriorityRule } from '#slices/needs/server/commands/record-need-sources.ts';
import { priorityRules } from '#slices/needs/server/queries/need-rulesets.ts';

export const load = page(async ({ db, actor, today }) => {
	if (!canConsolidate(actor)) throw missing();
	return { rules: await priorityRules(db), today };
});

export const actions = formActions({
	default: formAction(setPriorityRule, { then: () => ({ say: 'needs.priority.ruleSet' }) })
});
