import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Obstacle, PlanStatus, RaterRole } from '../model.ts';
import type { Step } from '../rules.ts';
import { handOn } from './close-evaluations.ts';
import { answerDuesInBulk, layDues } from './dues.ts';
import { askRaters, keepLevels } from './evaluation-raters.ts';

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

export type EvaluationsInBulk = {
	classId: string;
	people: readonly string[];
	opensOn: string;
	closesOn: string;
};
export type AskedInBulk = {
	evaluationId: string;
	classId: string;
	personId: string;
	raterId: string;
	role: RaterRole;
	/** Competencies to be rated. */
	trained: string[];
};

/** Evaluations of whole classes as their day would have opened them, for set-up. Answers whom they ask what. */
export async function evaluationsInBulk(
	tx: Tx,
	classes: readonly EvaluationsInBulk[]
): Promise<AskedInBulk[]> {
	const ids: string[] = [];
	for (const { classId, people, opensOn, closesOn } of classes) {
		const opened = await sql<{ id: string }>`
			insert into followup.evaluation (agency_id, id, class_id, person_id, unit_id, opens_on, closes_on)
			select s.agency_id, gen_random_uuid(), ${classId}::uuid, s.person_id, s.unit_id, ${opensOn}::date, ${closesOn}::date
			from people.staff s
			where s.agency_id = (select platform.current_agency()) and s.person_id = any(${[...people]}::uuid[])
			on conflict do nothing returning id`.execute(tx);
		const own = opened.rows.map(({ id }) => id);
		await askRaters(tx, own, opensOn);
		ids.push(...own);
	}
	await keepLevels(tx, ids);
	const { rows } = await sql<AskedInBulk>`
		select e.id as "evaluationId", e.class_id as "classId", e.person_id as "personId", w.rater_id as "raterId", w.role,
			array(select l.competency_id from followup.level l join competencies.competency k on k.agency_id = l.agency_id and k.id = l.competency_id
				where l.agency_id = e.agency_id and l.evaluation_id = e.id order by k.sort, k.code) as trained
		from followup.evaluation e
		join followup.rater w on w.agency_id = e.agency_id and w.evaluation_id = e.id
		where e.agency_id = (select platform.current_agency()) and e.id = any(${ids}::uuid[])`.execute(tx);
	return rows;
}

export type RatingInBulk = {
	evaluationId: string;
	raterId: string;
	competencyId: string;
	before: number;
	now: number;
	ratedAt: Date;
};

/** Many answers at once, for set-up: the same rows that `rateEvaluation` leaves behind. */
export async function ratingsInBulk(tx: Tx, ratings: readonly RatingInBulk[]): Promise<void> {
	await sql`
		with said as (
			insert into followup.rating (agency_id, evaluation_id, rater_id, competency_id, level_before, level_now, rated_at)
			select (select platform.current_agency()), r.* from unnest(${ratings.map((one) => one.evaluationId)}::uuid[],
				${ratings.map((one) => one.raterId)}::uuid[], ${ratings.map((one) => one.competencyId)}::uuid[],
				${ratings.map((one) => one.before)}::smallint[], ${ratings.map((one) => one.now)}::smallint[],
				${ratings.map((one) => one.ratedAt)}::timestamptz[]) r
			returning agency_id, evaluation_id, rater_id, rated_at
		)
		update followup.rater w set done_at = d.at
		from (select agency_id, evaluation_id, rater_id, max(rated_at) as at from said group by agency_id, evaluation_id, rater_id) d
		where w.agency_id = d.agency_id and w.evaluation_id = d.evaluation_id and w.rater_id = d.rater_id`.execute(
		tx
	);
}

/** Closes a class's evaluations on a day and hands on what was said, for set-up. */
export async function closeInBulk(tx: Tx, classId: string, on: string, at: Date): Promise<void> {
	const { rows } = await sql<{ id: string }>`
		update followup.evaluation set closed_at = ${at}
		where agency_id = (select platform.current_agency()) and class_id = ${classId} and closed_at is null returning id`.execute(
		tx
	);
	await handOn(
		tx,
		rows.map(({ id }) => id),
		on,
		at
	);
}
