import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { missing } from '#kernel/errors.ts';
import { canConsolidate, readsNeeds } from '#slices/needs/proposal-access.ts';
import { setPriorityRule } from '#slices/needs/server/commands/record-need-sources.ts';
import { withdrawRule } from '#slices/needs/server/commands/withdraw-rule.ts';
import { priorityRuleOn, priorityRules } from '#slices/needs/server/queries/need-rulesets.ts';

export const load = page(async ({ db, actor, today }) => {
	// Whoever reads the ranking may know what it is made by; who runs the analysis changes it.
	if (!readsNeeds(actor)) throw missing();
	return {
		rules: await priorityRules(db),
		now: await priorityRuleOn(db, today),
		today,
		can: { change: canConsolidate(actor) }
	};
});

export const actions = formActions({
	set: formAction(setPriorityRule, { then: () => ({ say: 'needs.priority.ruleSet' }) }),
	withdraw: formAction(withdrawRule, { then: () => ({ say: 'needs.rule.withdrawn' }) })
});
