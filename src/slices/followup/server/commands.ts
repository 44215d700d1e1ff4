import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canDecide, canSee, canWrite } from '../access.ts';
import { DecidePlan, SavePlan, TickStep } from '../input.ts';
import { planStatus } from '../model.ts';
import { complete, planStep, writable } from '../rules.ts';
import { layDues } from './dues.ts';
import { lockPlan } from './lock.ts';
import { writeMilestones, writeSteps } from './plan-parts.ts';

export { answerCheckIn, checkIn } from './commands/check-in.ts';

/**
 * Writes one's own plan for a class one took part in; a draft may be half-finished. With `submit` it goes to the
 * supervisor of today. Refuses: a class one was not in, a plan already approved or waiting, a plan sent incomplete.
 */
export const savePlan = command(
	'followup.savePlan',
	SavePlan,
	async ({ tx, actor, now, today, permit, record, note }, typed) => {
		if (actor.personId === null) throw missing();
		await requireSeat(tx, actor.personId, typed.classId);
		permit(canWrite(actor, { personId: actor.personId }));
		const actionPlanId = await ownPlan(tx, actor.agencyId, actor.personId, typed.classId, now);
		const plan = await lockPlan(tx, actionPlanId);
		writable(plan.status);
		if (typed.submit) complete(typed, today);
		const supervisorId = typed.submit ? await supervisorOf(tx, actor.personId) : plan.supervisorId;
		if (typed.submit && supervisorId === null) throw refused('followup.plan.noSupervisor');
		await tx
			.updateTable('followup.action_plan')
			.set({
				goal: typed.goal,
				indicator: typed.indicator,
				support: typed.support,
				indicator_id: typed.indicatorId ?? null,
				project: typed.project ?? null,
				supervisor_id: supervisorId,
				...(typed.submit ? { status: planStep(plan.status, 'submitted'), submitted_at: now } : {})
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', actionPlanId)
			.execute();
		await writeSteps(tx, actor.agencyId, actionPlanId, typed.steps);
		await writeMilestones(
			tx,
			actor.agencyId,
			actionPlanId,
			typed.project === undefined ? [] : typed.milestones
		);
		if (typed.submit) record('followup.planSubmitted', { actionPlanId });
		note({ actionPlanId });
		return { actionPlanId, submitted: typed.submit };
	},
	{ summary: 'Write or submit an action plan' }
);

/** Approves or returns a plan, once; the second to decide is told so. */
export const decidePlan = command(
	'followup.decidePlan',
	DecidePlan,
	async ({ tx, actor, now, permit, record, note: remember }, { actionPlanId, decision, note }) => {
		const plan = await lockPlan(tx, actionPlanId);
		if (!canSee(actor, plan)) throw missing();
		permit(canDecide(actor, plan));
		const status = planStep(plan.status, decision);
		await tx
			.updateTable('followup.action_plan')
			.set({ status, note, decided_at: now, supervisor_id: actor.personId ?? plan.supervisorId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', actionPlanId)
			.execute();
		if (status === 'approved') await layDues(tx, [actionPlanId]);
		remember({ actionPlanId });
		record(status === 'approved' ? 'followup.planApproved' : 'followup.planReturned', { actionPlanId });
	},
	{ summary: 'Approve or return an action plan' }
);

/** Ticks a step of one's approved plan off, or on again. */
export const tickStep = command(
	'followup.tickStep',
	TickStep,
	async ({ tx, actor, today, permit, note }, { actionPlanId, stepId, done }) => {
		const plan = await lockPlan(tx, actionPlanId);
		if (!canSee(actor, plan)) throw missing();
		permit(canWrite(actor, plan));
		if (plan.status !== 'approved' && plan.status !== 'running')
			throw refused(`followup.plan.is.${plan.status}`);
		const ticked = await tx
			.updateTable('followup.step')
			.set({ done_on: done ? today : null })
			.where('agency_id', '=', actor.agencyId)
			.where('action_plan_id', '=', actionPlanId)
			.where('id', '=', stepId)
			.executeTakeFirst();
		if (ticked.numUpdatedRows !== 1n) throw missing();
		note({ actionPlanId, stepId });
	},
	{ summary: 'Tick a step of an action plan' }
);

async function requireSeat(tx: Tx, personId: string, classId: string): Promise<void> {
	const seat = await sql`
		select from classes.registration where agency_id = platform.current_agency() and class_id = ${classId}
			and person_id = ${personId} and status in ('enrolled', 'passed', 'failed')`.execute(tx);
	if (seat.rows.length === 0) throw missing();
}

/** One's plan for the class, begun when there is none; two tabs at once begin the same one. */
async function ownPlan(
	tx: Tx,
	agencyId: string,
	personId: string,
	classId: string,
	now: Date
): Promise<string> {
	await tx
		.insertInto('followup.action_plan')
		.values({
			agency_id: agencyId,
			id: newId(),
			class_id: classId,
			person_id: personId,
			goal: '',
			status: planStatus('draft'),
			created_at: now
		})
		.onConflict((conflict) => conflict.columns(['agency_id', 'class_id', 'person_id']).doNothing())
		.execute();
	const plan = await tx
		.selectFrom('followup.action_plan')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('class_id', '=', classId)
		.where('person_id', '=', personId)
		.executeTakeFirstOrThrow();
	return plan.id;
}

async function supervisorOf(tx: Tx, personId: string): Promise<string | null> {
	const rows = await sql<{ id: string | null }>`
		select supervisor_id as id from people.staff where agency_id = platform.current_agency() and person_id = ${personId}`.execute(
		tx
	);
	return rows.rows[0]?.id ?? null;
}
