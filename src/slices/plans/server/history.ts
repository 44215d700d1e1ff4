import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { PlanStatus } from '../model.ts';

/** A line of the plan's history: who, when, from where to where and why. It only grows (database grant). */
export async function keepStep(
	tx: Tx,
	actor: Actor,
	step: { planId: string; from: PlanStatus | ''; to: PlanStatus; note: string; now: Date }
): Promise<void> {
	await tx
		.insertInto('plans.history')
		.values({
			agency_id: actor.agencyId,
			id: newId(step.now.getTime()),
			plan_id: step.planId,
			from_status: step.from,
			to_status: step.to,
			changed_by: actor.personId,
			at: step.now,
			note: step.note
		})
		.execute();
}
