import { hasAbility, mayEverywhere, type Actor } from '#kernel/actor.ts';
import { EDITABLE, NEXT, type PlanStatus } from './model.ts';

type Standing = { status: PlanStatus };

/** The plan of an agency is one document: whoever may read plans reads all of it. */
export const canRead = (actor: Actor): boolean => hasAbility(actor, 'plans.read');
export const canCreate = (actor: Actor): boolean => mayEverywhere(actor, 'plans.edit');

// The verb alone is the permission; the status decides whether the button is shown (`may…Now`), and the rule
// refuses a late press by naming who was first.
export const canEdit = (actor: Actor): boolean => mayEverywhere(actor, 'plans.edit');
export const canSubmit = (actor: Actor): boolean => mayEverywhere(actor, 'plans.submit');
export const canApprove = (actor: Actor): boolean => mayEverywhere(actor, 'plans.approve');
export const canDecree = (actor: Actor): boolean => mayEverywhere(actor, 'plans.decree');
/** Whoever approves may return, and so may the one who would sign the decree. */
export const canReturn = (actor: Actor, plan: Standing): boolean =>
	canApprove(actor) || (plan.status === 'approved' && canDecree(actor));

/** What the actor can do with the plan as it stands now: the buttons of its page. */
export const planButtons = (actor: Actor, plan: Standing) => ({
	edit: canEdit(actor) && EDITABLE.includes(plan.status),
	submit: canSubmit(actor) && NEXT[plan.status].includes('submitted'),
	approve: canApprove(actor) && NEXT[plan.status].includes('approved'),
	return: canReturn(actor, plan) && NEXT[plan.status].includes('returned'),
	decree: canDecree(actor) && NEXT[plan.status].includes('decreed')
});
