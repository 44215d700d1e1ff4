import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canSee } from '../access.ts';
import { obstacleOf, planStatus, type Obstacle, type PlanStatus } from '../model.ts';
import { projectOf, type Project } from './queries/project.ts';

export { board } from './queries/board.ts';

export type PlanRow = {
	id: string | null;
	classId: string;
	program: string;
	endsOn: string;
	status: PlanStatus | null;
	goal: string | null;
	nextDue: string | null;
	progress: number | null;
};

/** One's classes with a seat and the plan that follows each, newest first; no plan yet is a row too. */
export async function ownPlans(db: Db, personId: string): Promise<PlanRow[]> {
	const rows = await sql<Omit<PlanRow, 'status'> & { status: string | null }>`
		select p.id, c.id as "classId", g.name as program, c.ends_on as "endsOn", p.status, p.goal,
			(select min(s.due_on) from followup.step s where s.agency_id = p.agency_id and s.action_plan_id = p.id and s.done_on is null) as "nextDue",
			(select k.progress from followup.check_in k where k.agency_id = p.agency_id and k.action_plan_id = p.id order by k.at desc limit 1) as progress
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status in ('running', 'finished')
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		left join followup.action_plan p on p.agency_id = c.agency_id and p.class_id = c.id and p.person_id = r.person_id
		where r.agency_id = platform.current_agency() and r.person_id = ${personId} and r.status in ('enrolled', 'passed', 'failed')
		order by c.ends_on desc limit 50`.execute(db);
	return rows.rows.map((row) => ({ ...row, status: row.status === null ? null : planStatus(row.status) }));
}

export type PlanSheet = {
	id: string;
	classId: string;
	program: string;
	personId: string;
	personName: string;
	unitName: string;
	unitPath: string;
	supervisorId: string | null;
	supervisorName: string | null;
	status: PlanStatus;
	goal: string;
	indicator: string;
	note: string;
	submittedAt: Date | null;
	decidedAt: Date | null;
	/** Its day by the agency's calendar. */
	decidedOn: string | null;
	/** What is needed from others. */
	support: string;
	indicatorId: string | null;
	steps: { id: string; what: string; dueOn: string; doneOn: string | null }[];
	/** Check-ins that were asked for, earliest first. */
	dues: { days: number; dueOn: string; answered: boolean }[];
	checkIns: CheckInRow[];
	/** Supervisors before, newest first. */
	reassigned: { from: string | null; to: string | null; at: Date }[];
} & Project;

export type CheckInRow = {
	id: string;
	/** When it was written. */
	at: Date;
	/** When it came, if it waited on the device. */
	arrivedAt: Date | null;
	progress: number;
	note: string;
	obstacle: Obstacle | null;
	photoId: string | null;
	thumbId: string | null;
	/** What the evidence is: a picture is shown, a document linked. */
	mime: string | null;
	/** Bytes of the photo or document. */
	size: number | null;
	answer: string | null;
	answeredBy: string | null;
	answeredAt: Date | null;
};

/** A plan with its steps and check-ins, for its owner, the supervisor and readers of the unit; else missing. */
export async function planSheet(db: Db, actor: Actor, actionPlanId: string): Promise<PlanSheet> {
	const rows = await sql<
		Omit<PlanSheet, 'status' | 'checkIns' | 'reassigned' | keyof Project> & {
			status: string;
			project: string | null;
		}
	>`
		select p.id, p.class_id as "classId", g.name as program, p.person_id as "personId", o.name as "personName",
			coalesce(s.unit_name, '–') as "unitName", coalesce(s.unit_path::text, '') as "unitPath", p.supervisor_id as "supervisorId", b.name as "supervisorName",
			p.status, p.goal, p.indicator, p.note, p.submitted_at as "submittedAt", p.decided_at as "decidedAt",
			(select (p.decided_at at time zone a.time_zone)::date from platform.agency a where a.agency_id = p.agency_id) as "decidedOn",
			p.support, p.indicator_id as "indicatorId", p.project,
			coalesce((select jsonb_agg(jsonb_build_object('days', d.days, 'dueOn', d.due_on, 'answered', d.check_in_id is not null) order by d.days)
				from followup.check_in_due d where d.agency_id = p.agency_id and d.action_plan_id = p.id), '[]') as dues,
			coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'what', t.what, 'dueOn', t.due_on, 'doneOn', t.done_on) order by t.sort)
				from followup.step t where t.agency_id = p.agency_id and t.action_plan_id = p.id), '[]') as steps
		from followup.action_plan p
		join people.person o on o.agency_id = p.agency_id and o.id = p.person_id
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id
		left join people.person b on b.agency_id = p.agency_id and b.id = p.supervisor_id
		join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where p.agency_id = platform.current_agency() and p.id = ${actionPlanId}`.execute(db);
	const plan = rows.rows[0];
	if (!plan || !canSee(actor, { ...plan, status: planStatus(plan.status) })) throw missing();
	const checkIns = await sql<Omit<CheckInRow, 'obstacle'> & { obstacle: string | null }>`
		select k.id, k.at, k.arrived_at as "arrivedAt", k.progress, k.note, k.obstacle, k.photo_id as "photoId", k.thumb_id as "thumbId", f.mime, f.size, k.answer, k.answered_at as "answeredAt", a.name as "answeredBy"
		from followup.check_in k
		left join people.person a on a.agency_id = k.agency_id and a.id = k.answered_by
		left join platform.file f on f.agency_id = k.agency_id and f.id = k.photo_id
		where k.agency_id = platform.current_agency() and k.action_plan_id = ${actionPlanId}
		order by k.at desc`.execute(db);
	const reassigned = await sql<PlanSheet['reassigned'][number]>`
		select f.name as from, t.name as to, r.at from followup.reassignment r
		left join people.person f on f.agency_id = r.agency_id and f.id = r.from_id
		left join people.person t on t.agency_id = r.agency_id and t.id = r.to_id
		where r.agency_id = platform.current_agency() and r.action_plan_id = ${actionPlanId} order by r.at desc limit 5`.execute(
		db
	);
	return {
		...plan,
		...(await projectOf(db, actionPlanId, plan.project)),
		reassigned: reassigned.rows,
		status: planStatus(plan.status),
		checkIns: checkIns.rows.map((row) => ({ ...row, obstacle: obstacleOf(row.obstacle) }))
	};
}

/** What is written so far for a class, for its form; null before the first word. */
export async function draftOf(db: Db, personId: string, classId: string): Promise<{ id: string } | null> {
	const rows = await sql<{ id: string }>`
		select id from followup.action_plan
		where agency_id = platform.current_agency() and person_id = ${personId} and class_id = ${classId}`.execute(
		db
	);
	return rows.rows[0] ?? null;
}

/** Name of the program of a class in which the person has a seat; null otherwise. */
export async function classTaken(db: Db, personId: string, classId: string): Promise<string | null> {
	const rows = await sql<{ program: string }>`
		select g.name as program from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where r.agency_id = platform.current_agency() and r.class_id = ${classId} and r.person_id = ${personId}
			and r.status in ('enrolled', 'passed', 'failed')`.execute(db);
	return rows.rows[0]?.program ?? null;
}

export type Waiting = {
	id: string;
	personName: string;
	unitName: string;
	program: string;
	goal: string;
	submittedAt: Date;
	steps: number;
};

/** Plans that wait for this supervisor, oldest first. */
export async function plansWaitingFor(db: Db, actor: Actor): Promise<Waiting[]> {
	const rows = await sql<Waiting>`
		select p.id, s.name as "personName", s.unit_name as "unitName", g.name as program, p.goal, p.submitted_at as "submittedAt",
			(select count(*)::int from followup.step t where t.agency_id = p.agency_id and t.action_plan_id = p.id) as steps
		from followup.action_plan p
		join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id
		join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where p.agency_id = platform.current_agency() and p.status = 'submitted' and p.supervisor_id = ${actor.personId}
		order by p.submitted_at limit 100`.execute(db);
	return rows.rows;
}

export type Unanswered = {
	id: string;
	actionPlanId: string;
	personName: string;
	program: string;
	progress: number;
	note: string;
	at: Date;
	arrivedAt: Date | null;
};

/** Check-ins of the team that nobody has answered, oldest first. */
export async function unansweredFor(db: Db, actor: Actor): Promise<Unanswered[]> {
	const rows = await sql<Unanswered>`
		select k.id, p.id as "actionPlanId", o.name as "personName", g.name as program, k.progress, k.note, k.at, k.arrived_at as "arrivedAt"
		from followup.check_in k
		join followup.action_plan p on p.agency_id = k.agency_id and p.id = k.action_plan_id
		join people.person o on o.agency_id = p.agency_id and o.id = p.person_id
		join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where k.agency_id = platform.current_agency() and k.answered_at is null and p.supervisor_id = ${actor.personId}
		order by k.at limit 100`.execute(db);
	return rows.rows;
}

/** A photo or document of a check-in, or its small picture, for whoever may see the plan; else missing. */
export async function photo(
	db: Db,
	actor: Actor,
	photoId: string
): Promise<{ mime: string; content: Buffer }> {
	const rows = await sql<{
		mime: string;
		content: Buffer;
		personId: string;
		supervisorId: string | null;
		status: string;
		unitPath: string;
	}>`
		select f.mime, f.content, p.status, p.person_id as "personId", p.supervisor_id as "supervisorId", coalesce(s.unit_path::text, '') as "unitPath"
		from followup.check_in k
		join platform.file f on f.agency_id = k.agency_id and f.id = ${photoId}
		join followup.action_plan p on p.agency_id = k.agency_id and p.id = k.action_plan_id
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id
		where k.agency_id = platform.current_agency() and (k.photo_id = ${photoId} or k.thumb_id = ${photoId}) limit 1`.execute(
		db
	);
	const row = rows.rows[0];
	if (!row || !canSee(actor, { ...row, status: planStatus(row.status) })) throw missing();
	return { mime: row.mime, content: row.content };
}
