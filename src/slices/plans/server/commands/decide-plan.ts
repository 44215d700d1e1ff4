import type { Actor } from '#kernel/actor.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import type { Tx } from '#platform/db/db.ts';
import { canApprove, canDecree, canReturn, canSubmit } from '../../access.ts';
import { ApprovePlan, DecreePlan, ReturnPlan, SubmitPlan } from '../../input.ts';
import type { PlanStatus } from '../../model.ts';
import { decreeDated, step, submittable } from '../../rules.ts';
import { keepStep } from '../history.ts';
import { lockPlan, totalsOf, type LockedPlan } from '../lock.ts';

constraintMeans('line_learning_hours_check', 'plans.line.noLearningHours');

/** Hands the plan to whoever approves it. Refuses: no lines, over the ceiling, already submitted (by whom, when). */
export const submitPlan = command(
	'plans.submit',
	SubmitPlan,
	async ({ tx, actor, now, permit, record }, input) => {
		const plan = await lockPlan(tx, actor.agencyId, input.planId);
		permit(canSubmit(actor));
		const change = step(plan.status, 'submitted', plan.last);
		submittable(await totalsOf(tx, actor.agencyId, plan.id), plan.budget);
		await move(tx, actor, plan, change, input.note, now);
		record('plans.submitted', { planId: plan.id });
		return { planId: plan.id };
	},
	{ summary: 'Submits a plan for approval' }
);

/** Back to its author with a reason. Refuses: decided by somebody else meanwhile. */
export const returnPlan = command(
	'plans.return',
	ReturnPlan,
	async ({ tx, actor, now, permit, record }, input) => {
		const plan = await lockPlan(tx, actor.agencyId, input.planId);
		permit(canReturn(actor, plan));
		await move(tx, actor, plan, step(plan.status, 'returned', plan.last), input.note, now);
		record('plans.returned', { planId: plan.id });
		return { planId: plan.id };
	},
	{ summary: 'Returns a plan to its author, with a reason' }
);

/** Refuses: decided by somebody else meanwhile; the second is told who and when. */
export const approvePlan = command(
	'plans.approve',
	ApprovePlan,
	async ({ tx, actor, now, permit, record }, input) => {
		const plan = await lockPlan(tx, actor.agencyId, input.planId);
		permit(canApprove(actor));
		await move(tx, actor, plan, step(plan.status, 'approved', plan.last), input.note, now);
		record('plans.approved', { planId: plan.id });
		return { planId: plan.id };
	},
	{ summary: 'Approves a submitted plan' }
);

/**
 * Fixes the plan by the decree of the appointing authority; from here on even the database refuses to change it.
 * @law PP 11/2017 jo. 17/2020 Ps 203(5): PPK fixes needs and plan
 */
export const decreePlan = command(
	'plans.decree',
	DecreePlan,
	async ({ tx, actor, now, today, permit, record }, input) => {
		const plan = await lockPlan(tx, actor.agencyId, input.planId);
		permit(canDecree(actor));
		const change = step(plan.status, 'decreed', plan.last);
		decreeDated(input.decreeDate, today);
		const decree = { decree_number: input.decreeNumber, decree_date: input.decreeDate };
		await move(tx, actor, plan, { ...change, ...decree }, input.decreeNumber, now);
		record('plans.decreed', { planId: plan.id });
		return { planId: plan.id };
	},
	{ summary: 'Fixes an approved plan by decree number and date' }
);

type Change = { status: PlanStatus; decree_number?: string; decree_date?: string };

async function move(
	tx: Tx,
	actor: Actor,
	plan: LockedPlan,
	change: Change,
	why: string,
	now: Date
): Promise<void> {
	await tx
		.updateTable('plans.plan')
		.set(change)
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', plan.id)
		.execute();
	await keepStep(tx, actor, { planId: plan.id, from: plan.status, to: change.status, note: why, now });
}
