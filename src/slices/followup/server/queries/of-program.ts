import { sql, type RawBuilder } from 'kysely';
import { mayEverywhere, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { seesBoard } from '../../access.ts';
import { visiblePlan } from './board.ts';

/** What is known of application at work: of a curriculum version's finished classes, in the actor's scope. */
export type AppliedOf = {
	/** People who passed, and plans that were sent. */
	passed: number;
	plans: number;
	/** By the last check-in of approved plans: wholly done, partly, nothing yet; and approved plans that never checked in. */
	yes: number;
	partly: number;
	no: number;
	silent: number;
	/** Change projects, and what their sponsors said last about adopting them. */
	projects: number;
	adopted: number;
	adoptedPartly: number;
	notAdopted: number;
};
/** What others say months later (EPP): closed evaluations only. */
export type RatedOf = {
	evaluations: number;
	closed: number;
	asked: number;
	answered: number;
	/** Alumni with a level before and now; each counts once, as the mean over their competencies. */
	people: number;
	before: number | null;
	now: number | null;
	/** Standard error of the mean change. */
	error: number | null;
};
export type FollowUpOf = { applied: AppliedOf; rated: RatedOf };

export const NOTHING_APPLIED: AppliedOf = {
	passed: 0,
	plans: 0,
	yes: 0,
	partly: 0,
	no: 0,
	silent: 0,
	projects: 0,
	adopted: 0,
	adoptedPartly: 0,
	notAdopted: 0
};
export const NOTHING_RATED: RatedOf = {
	evaluations: 0,
	closed: 0,
	asked: 0,
	answered: 0,
	people: 0,
	before: null,
	now: null,
	error: null
};

/**
 * Level 3 by curriculum version, in the actor's scope; null for whoever has none. Two statements. The versions are named,
 * not looked up from a program: so PostgreSQL knows that thousands of rows come.
 */
export async function followUpOfVersions(
	db: Db,
	actor: Actor,
	versionIds: readonly string[]
): Promise<Map<string, FollowUpOf> | null> {
	if (!seesBoard(actor)) return null;
	const classes = sql`select c.agency_id, c.id, c.version_id from classes.class c
		where c.agency_id = (select platform.current_agency()) and c.version_id = any(${[...versionIds]}::uuid[]) and c.status = 'finished'`;
	return followUpOf(db, actor, classes);
}

/** The same of some classes as one group, of the whole agency: for the red thread, which asks for permission itself. */
export async function followUpOfClasses(db: Db, classIds: readonly string[]): Promise<FollowUpOf> {
	const whole = sql`select c.agency_id, c.id, null::uuid as version_id from classes.class c
		where c.agency_id = (select platform.current_agency()) and c.id = any(${[...classIds]}::uuid[])`;
	const found = await followUpOf(db, null, whole);
	return found.get('') ?? { applied: NOTHING_APPLIED, rated: NOTHING_RATED };
}

async function followUpOf(
	db: Db,
	actor: Actor | null,
	classes: RawBuilder<unknown>
): Promise<Map<string, FollowUpOf>> {
	// Whoever sees everybody needs no look at where each of thousands works.
	const everywhere = actor === null || mayEverywhere(actor, 'followup.read');
	const inUnit = (column: string) => (actor === null ? sql`true` : inScope(actor, 'followup.read', column));
	const applied = await sql<AppliedOf & { versionId: string }>`
		with class as materialized (${classes}), plan as materialized (
			select c.version_id, p.agency_id, p.id, p.status, p.project is not null as project
			from class c
			join followup.action_plan p on p.agency_id = c.agency_id and p.class_id = c.id
			${everywhere ? sql`` : sql`left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id`}
			where ${actor === null || everywhere ? sql`p.status <> 'draft'` : visiblePlan(actor)}
		), standing as (
			select x.version_id, x.project, x.status in ('approved', 'running', 'done') as approved, k.progress, d.answer
			from plan x
			left join lateral (select progress from followup.check_in k where k.agency_id = x.agency_id and k.action_plan_id = x.id
				order by k.at desc limit 1) k on true
			left join lateral (select answer from followup.adoption d where x.project and d.agency_id = x.agency_id and d.action_plan_id = x.id
				order by d.months desc limit 1) d on true
		), said as (
			select version_id, count(*)::int as plans,
				(count(*) filter (where approved and progress >= 100))::int as yes,
				(count(*) filter (where approved and progress > 0 and progress < 100))::int as partly,
				(count(*) filter (where approved and progress = 0))::int as no,
				(count(*) filter (where approved and progress is null))::int as silent,
				(count(*) filter (where project))::int as projects,
				(count(*) filter (where answer = 'yes'))::int as adopted,
				(count(*) filter (where answer = 'partly'))::int as "adoptedPartly",
				(count(*) filter (where answer = 'no'))::int as "notAdopted"
			from standing group by version_id
		), passed as (
			select c.version_id, count(*)::int as passed
			from class c
			join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id and r.status = 'passed'
			${everywhere ? sql`` : sql`join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id and ${inUnit('s.unit_path')}`}
			group by c.version_id
		)
		select coalesce(c.version_id::text, '') as "versionId", coalesce(t.passed, 0) as passed, coalesce(a.plans, 0) as plans, coalesce(a.yes, 0) as yes,
			coalesce(a.partly, 0) as partly, coalesce(a.no, 0) as no, coalesce(a.silent, 0) as silent, coalesce(a.projects, 0) as projects,
			coalesce(a.adopted, 0) as adopted, coalesce(a."adoptedPartly", 0) as "adoptedPartly", coalesce(a."notAdopted", 0) as "notAdopted"
		from (select distinct version_id from class) c
		left join said a on a.version_id is not distinct from c.version_id
		left join passed t on t.version_id is not distinct from c.version_id`.execute(db);
	const rated = await sql<RatedOf & { versionId: string }>`
		with class as materialized (${classes}), e as materialized (
			select c.version_id, e.agency_id, e.id, e.closed_at is not null as closed
			from class c
			join followup.evaluation e on e.agency_id = c.agency_id and e.class_id = c.id
			${everywhere ? sql`` : sql`join people.unit u on u.agency_id = e.agency_id and u.id = e.unit_id and ${inUnit('u.path')}`}
		), raters as (
			select e.version_id, count(*)::int as asked, count(w.done_at)::int as answered
			from e join followup.rater w on w.agency_id = e.agency_id and w.evaluation_id = e.id where e.closed group by e.version_id
		), levels as (
			select version_id, count(*)::int as people, avg(before)::float8 as before, avg(now)::float8 as now,
				(stddev_samp(now - before) / sqrt(count(*)))::float8 as error
			from (
				select e.version_id, e.id, avg(l.level_before) as before, avg(l.level_now) as now
				from e join followup.level l on l.agency_id = e.agency_id and l.evaluation_id = e.id and l.level_before is not null and l.level_now is not null
				where e.closed group by e.version_id, e.id
			) one group by version_id
		), counts as (select version_id, count(*)::int as evaluations, (count(*) filter (where closed))::int as closed from e group by version_id)
		select coalesce(c.version_id::text, '') as "versionId", c.evaluations, c.closed, coalesce(r.asked, 0) as asked, coalesce(r.answered, 0) as answered,
			coalesce(l.people, 0) as people, l.before, l.now, l.error
		from counts c
		left join raters r on r.version_id is not distinct from c.version_id
		left join levels l on l.version_id is not distinct from c.version_id`.execute(db);
	const others = new Map(rated.rows.map(({ versionId, ...row }) => [versionId, row]));
	return new Map(
		applied.rows.map(({ versionId, ...row }) => [
			versionId,
			{ applied: row, rated: others.get(versionId) ?? NOTHING_RATED }
		])
	);
}
