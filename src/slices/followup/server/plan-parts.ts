import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Milestone, Step } from '../rules.ts';

/** Puts these steps in place of those before. */
export async function writeSteps(
	tx: Tx,
	agencyId: string,
	actionPlanId: string,
	steps: readonly Step[]
): Promise<void> {
	await tx
		.deleteFrom('followup.step')
		.where('agency_id', '=', agencyId)
		.where('action_plan_id', '=', actionPlanId)
		.execute();
	if (steps.length === 0) return;
	await tx
		.insertInto('followup.step')
		.values(
			steps.map((step, sort) => ({
				agency_id: agencyId,
				id: newId(),
				action_plan_id: actionPlanId,
				sort,
				what: step.what,
				due_on: step.dueOn
			}))
		)
		.execute();
}

/** Likewise the milestones of a change project; none for a plain plan. */
export async function writeMilestones(
	tx: Tx,
	agencyId: string,
	actionPlanId: string,
	milestones: readonly Milestone[]
): Promise<void> {
	await tx
		.deleteFrom('followup.milestone')
		.where('agency_id', '=', agencyId)
		.where('action_plan_id', '=', actionPlanId)
		.execute();
	if (milestones.length === 0) return;
	await tx
		.insertInto('followup.milestone')
		.values(milestones.map((one) => ({ agency_id: agencyId, action_plan_id: actionPlanId, ...one })))
		.execute();
}
