import { hasAbility, isSelf, mayIn, type Actor } from '#kernel/actor.ts';

type Owned = { personId: string; supervisorId: string | null; unitPath: string };

export const canWrite = (actor: Actor, plan: Pick<Owned, 'personId'>): boolean =>
	isSelf(actor, plan.personId);

/** The supervisor named on the plan, or whoever holds the ability in the unit; never one's own. */
export const canDecide = (actor: Actor, plan: Owned): boolean =>
	!isSelf(actor, plan.personId) &&
	(isSelf(actor, plan.supervisorId) || mayIn(actor, 'followup.approveTeam', plan.unitPath));

export const canSee = (actor: Actor, plan: Owned): boolean =>
	isSelf(actor, plan.personId) || canDecide(actor, plan) || mayIn(actor, 'followup.read', plan.unitPath);

export const seesBoard = (actor: Actor): boolean => hasAbility(actor, 'followup.read');
export const decidesForTeam = (actor: Actor): boolean => hasAbility(actor, 'followup.approveTeam');
