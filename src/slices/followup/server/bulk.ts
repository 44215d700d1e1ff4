import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Obstacle, PlanStatus } from '../model.ts';
import type { Step } from '../rules.ts';
import { answerDuesInBulk, layDues } from './dues.ts';

export type PlanInBulk = {
	classId: string;
	personId: string;
	supervisorId: string;
	goal: string;
	indicator: string;
	status: Exclude<PlanStatus, 'draft'>;
	note: string;
	submittedAt: Date;
	/** Null while it waits. */
	decidedAt: Date | null;
	steps: readonly (Step & { doneOn: string | null })[];
};

/** Many plans at once, for set-up: the same rows that savePlan and decidePlan leave behind. Answers their ids in order. */
export async function plansInBulk(tx: Tx, agencyId: string, plans: readonly PlanInBulk[]): Promise<string[]> {
	const ids = plans.map(() => newId());
	await sql`
		insert into followup.action_plan (agency_id, id, class_id, person_id, goal, indicator, status, supervisor_id, submitted_at, decided_at, note, created_at)
		select ${agencyId}, n.* from unnest(${ids}::uuid[], ${plans.map((plan) => plan.classId)}::uuid[],
			${plans.map((plan) => plan.personId)}::uuid[], ${plans.map((plan) => plan.goal)}::text[],
			${plans.map((plan) => plan.indicator)}::text[], ${plans.map((plan) => plan.status)}::text[],
			${plans.map((plan) => plan.supervisorId)}::uuid[], ${plans.map((plan) => plan.submittedAt)}::timestamptz[],
			${plans.map((plan) => plan.decidedAt)}::timestamptz[], ${plans.map((plan) => plan.note)}::text[],
			${plans.map((plan) => plan.submittedAt)}::timestamptz[]) as n`.execute(tx);
	const steps = plans.flatMap((plan, at) =>
		plan.steps.map((step, sort) => ({ ...step, sort, planId: ids[at] ?? '' }))
	);
	await sql`
		insert into followup.step (agency_id, id, action_plan_id, sort, what, due_on, done_on)
		select ${agencyId}, n.* from unnest(${steps.map(() => newId())}::uuid[], ${steps.map((step) => step.planId)}::uuid[],
			${steps.map((step) => step.sort)}::int[], ${steps.map((step) => step.what)}::text[],
			${steps.map((step) => step.dueOn)}::date[], ${steps.map((step) => step.doneOn)}::date[]) as n`.execute(tx);
	await layDues(tx, ids);
	return ids;
}

export type CheckInInBulk = {
	actionPlanId: string;
	at: Date;
	progress: number;
	note: string;
	obstacle: Obstacle | null;
	photoId: string | null;
	answer: { by: string; at: Date; words: string } | null;
};

/** Many check-ins at once, for set-up; the plan's status is the caller's (`afterCheckIn`). */
export async function checkInsInBulk(
	tx: Tx,
	agencyId: string,
	checkIns: readonly CheckInInBulk[]
): Promise<void> {
	await sql`
		insert into followup.check_in (agency_id, id, action_plan_id, at, progress, note, obstacle, photo_id, answered_by, answered_at, answer)
		select ${agencyId}, n.* from unnest(${checkIns.map(() => newId())}::uuid[],
			${checkIns.map((one) => one.actionPlanId)}::uuid[], ${checkIns.map((one) => one.at)}::timestamptz[],
			${checkIns.map((one) => one.progress)}::smallint[], ${checkIns.map((one) => one.note)}::text[],
			${checkIns.map((one) => one.obstacle)}::text[], ${checkIns.map((one) => one.photoId)}::uuid[],
			${checkIns.map((one) => one.answer?.by ?? null)}::uuid[], ${checkIns.map((one) => one.answer?.at ?? null)}::timestamptz[],
			${checkIns.map((one) => one.answer?.words ?? null)}::text[]) as n`.execute(tx);
	await answerDuesInBulk(tx, [...new Set(checkIns.map((one) => one.actionPlanId))]);
}
