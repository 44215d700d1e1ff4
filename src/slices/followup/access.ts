import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';
import type { PlanStatus } from './model.ts';

type Owned = { personId: string; supervisorId: string | null; unitPath: string };

export const canWrite = (actor: Actor, plan: Pick<Owned, 'personId'>): boolean =>
	isSelf(actor, plan.personId);

/** The supervisor named on the plan, or whoever holds the ability in the unit; never one's own. */
export const canDecide = (actor: Actor, plan: Owned): boolean =>
	!isSelf(actor, plan.personId) &&
	(isSelf(actor, plan.supervisorId) || mayIn(actor, 'followup.approveTeam', plan.unitPath));

/** What nobody has sent yet is its writer's alone. Its SQL twin is the board. */
export const canSee = (actor: Actor, plan: Owned & { status: PlanStatus }): boolean =>
	isSelf(actor, plan.personId) ||
	(plan.status !== 'draft' && (canDecide(actor, plan) || mayIn(actor, 'followup.read', plan.unitPath)));

export const seesBoard = (actor: Actor): boolean => hasAbility(actor, 'followup.read');
export const decidesForTeam = (actor: Actor): boolean => hasAbility(actor, 'followup.approveTeam');

/** Days that turn and what an agency sets: the system, and whoever sets things for the agency. */
export const keepsHouse = (actor: Actor): boolean => mayEverywhere(actor, 'agency.settings');

/** What was found of somebody after training: themselves, the supervisor of today, whoever reads follow-up in the unit. */
export const canSeeEvaluation = (actor: Actor, evaluation: Owned): boolean =>
	isSelf(actor, evaluation.personId) ||
	isSelf(actor, evaluation.supervisorId) ||
	mayIn(actor, 'followup.read', evaluation.unitPath);
