import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { mayEverywhere, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { orderBy } from '#platform/db/order-by.ts';
import { inScope } from '#platform/db/scope.ts';
import { obstacleOf, planStatus, type Obstacle, type PlanStatus } from '../../model.ts';
import type { Compared } from '../../non-response.ts';
import { EARLY_DAYS } from '../../rules.ts';
import { NO_FILTER, type BoardFilter, type FollowUpFilter } from './filter.ts';
import { comparedOf } from './non-response.ts';

export type BoardRow = {
	id: string;
	personName: string;
	unitName: string;
	program: string;
	status: PlanStatus;
	late: number;
	/** A check-in that is due and not answered in its time yet. */
	overdue: boolean;
	progress: number | null;
	lastAt: Date | null;
	/** What the last check-in named as being in the way. */
	obstacle: Obstacle | null;
};
export const BOARD_PAGE = 50;

/** What the board is sorted by; names are looked up for all plans only when they decide the order. */
const SORTED = {
	status: sql`x.late * 2 + x.overdue::int`,
	person: sql`(select lower(o.name) from people.person o where o.agency_id = x.agency_id and o.id = x.person_id)`,
	unit: sql`(select lower(s.unit_name) from people.staff s where s.agency_id = x.agency_id and s.person_id = x.person_id)`,
	program: sql`(select lower(g.name) from programs.program g where g.agency_id = x.agency_id and g.id = x.program_id)`,
	progress: sql`x.progress`,
	last: sql`x.last_at`
};
type BoardSort = { by: keyof typeof SORTED; descending: boolean };

/** SQL twin of `canSee` for plans that have been sent; `p` is the plan, `s` the (outer-joined) staff row of its writer. */
export const visiblePlan = (
	actor: Actor
) => sql<boolean>`(p.status <> 'draft' and (p.person_id = ${actor.personId}::uuid
	or p.supervisor_id = ${actor.personId}::uuid or ${inScope(actor, 'followup.read', 's.unit_path')}
	or ${inScope(actor, 'followup.approveTeam', 's.unit_path')}))`;

const seesAll = (actor: Actor): boolean => mayEverywhere(actor, 'followup.read');

const chosen = (filter: FollowUpFilter): RawBuilder<SqlBool> => sql<SqlBool>`
	(${filter.programId}::uuid is null or v.program_id = ${filter.programId}::uuid)
	and (${filter.classId}::uuid is null or p.class_id = ${filter.classId}::uuid)
	and ${filter.unitId === null ? sql<SqlBool>`true` : sql<SqlBool>`s.unit_path <@ (select path from people.unit x where x.agency_id = p.agency_id and x.id = ${filter.unitId}::uuid)`}`;

/**
 * All visible plans of the filter with what is late and what blocks them. Where each writer works is looked up only for
 * whom it decides something. Whether a check-in is overdue is told by the last one whose time has begun: an earlier one
 * that nobody answered stays missed.
 */
const plansWith = (actor: Actor, filter: BoardFilter, today: string) => sql`
	plan as materialized (
		select p.agency_id, p.id, p.person_id, p.status, p.status in ('approved', 'running') as going, v.program_id
		from followup.action_plan p
		${seesAll(actor) && filter.unitId === null ? sql`` : sql`left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id`}
		join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		where p.agency_id = (select platform.current_agency()) and ${seesAll(actor) ? sql`p.status <> 'draft'` : visiblePlan(actor)} and ${chosen(filter)}
	), lag as (
		select action_plan_id, count(*)::int as late from followup.step
		where agency_id = (select platform.current_agency()) and done_on is null and due_on < ${today}::date group by action_plan_id
	), standing as materialized (
		select p.*, case when p.going then coalesce(l.late, 0) else 0 end as late, coalesce(d.overdue, false) as overdue,
			k.progress, k.at as last_at, k.obstacle
		from plan p
		left join lag l on l.action_plan_id = p.id
		left join lateral (
			select d.check_in_id is null and d.due_on < ${today}::date as overdue from followup.check_in_due d
			where p.going and d.agency_id = p.agency_id and d.action_plan_id = p.id and d.due_on <= ${today}::date + ${EARLY_DAYS}::int
			order by d.days desc limit 1
		) d on true
		left join lateral (
			select k.progress, k.at, k.obstacle from followup.check_in k
			where k.agency_id = p.agency_id and k.action_plan_id = p.id order by k.at desc limit 1
		) k on true
	)`;

/** What the address may ask to see alone. */
const inState = (filter: BoardFilter): RawBuilder<SqlBool> => {
	const wanted: Record<NonNullable<BoardFilter['state']>, RawBuilder<SqlBool>> = {
		waiting: sql<SqlBool>`x.status = 'submitted'`,
		running: sql<SqlBool>`x.status in ('approved', 'running')`,
		done: sql<SqlBool>`x.status = 'done'`,
		late: sql<SqlBool>`(x.late > 0 or x.overdue)`,
		blocked: sql<SqlBool>`x.obstacle is not null and x.status in ('approved', 'running')`
	};
	return filter.state === null ? sql<SqlBool>`true` : wanted[filter.state];
};

/** The counts above the board and per program; `applied`: at least one check-in tells of something done. */
export type Monitor = {
	plans: number;
	waiting: number;
	running: number;
	done: number;
	late: number;
	blocked: number;
	/** What the last check-ins of running plans name, commonest first. */
	blockedBy: { obstacle: Obstacle; times: number }[];
	programs: { id: string; name: string; plans: number; applied: number }[];
};

type Found = Omit<Monitor, 'blockedBy'> & {
	blockedBy: { obstacle: string; times: number }[];
	rows: (Omit<BoardRow, 'status' | 'obstacle' | 'lastAt'> & {
		status: string;
		obstacle: string | null;
		lastAt: string | null;
	})[];
	total: number;
};

/**
 * Everybody's plans that the actor may see, late ones first unless asked otherwise, a page of them, with the counts of all of them whatever
 * state the address asks for; people who have left stand in no unit. One statement, because both rest on every plan.
 */
export async function board(
	db: Db,
	actor: Actor,
	today: string,
	page: number,
	filter: BoardFilter = NO_FILTER,
	sort: BoardSort = { by: 'status', descending: true }
): Promise<{ rows: BoardRow[]; total: number; counts: Monitor }> {
	const { rows } = await sql<Found>`
		with ${plansWith(actor, filter, today)}, page as (
			select x.*, row_number() over (${orderBy(sort, SORTED, sql`x.last_at asc nulls first, x.id`)}) as place
			from standing x where ${inState(filter)}
			order by place limit ${BOARD_PAGE} offset ${(page - 1) * BOARD_PAGE}
		)
		select count(*)::int as plans, (count(*) filter (where status = 'submitted'))::int as waiting,
			(count(*) filter (where going))::int as running, (count(*) filter (where status = 'done'))::int as done,
			(count(*) filter (where late > 0 or overdue))::int as late,
			(count(*) filter (where obstacle is not null and going))::int as blocked,
			(select count(*)::int from standing x where ${inState(filter)}) as total,
			coalesce((select jsonb_agg(jsonb_build_object('obstacle', q.obstacle, 'times', q.times) order by q.times desc, q.obstacle)
				from (select obstacle, count(*)::int as times from standing where obstacle is not null and going group by obstacle) q), '[]') as "blockedBy",
			coalesce((select jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name, 'plans', q.plans, 'applied', q.applied) order by q.plans desc, q.name)
				from (
					select g.id, g.name, count(*)::int as plans, (count(*) filter (where x.progress > 0))::int as applied
					from standing x join programs.program g on g.agency_id = x.agency_id and g.id = x.program_id group by g.id, g.name
				) q), '[]') as programs,
			coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'personName', o.name, 'unitName', coalesce(s.unit_name, '–'), 'program', g.name,
					'status', x.status, 'late', x.late, 'overdue', x.overdue, 'progress', x.progress, 'lastAt', x.last_at, 'obstacle', x.obstacle) order by x.place)
				from page x
				join people.person o on o.agency_id = x.agency_id and o.id = x.person_id
				left join people.staff s on s.agency_id = x.agency_id and s.person_id = x.person_id
				join programs.program g on g.agency_id = x.agency_id and g.id = x.program_id), '[]') as rows
		from standing`.execute(db);
	const [found] = rows;
	if (found === undefined) throw new Error('a count without a row');
	const { rows: shown, total, blockedBy, ...counts } = found;
	return {
		rows: shown.map(({ status, obstacle, lastAt, ...row }) => ({
			...row,
			status: planStatus(status),
			obstacle: obstacleOf(obstacle),
			lastAt: lastAt === null ? null : new Date(lastAt)
		})),
		total,
		counts: {
			...counts,
			blockedBy: blockedBy.flatMap(({ obstacle, times }) => {
				const code = obstacleOf(obstacle);
				return code === null ? [] : [{ obstacle: code, times }];
			})
		}
	};
}

/**
 * Whoever answered the last check-in that they were asked for beside those who did not, under the filter. One of a plan
 * that was finished before its day was not asked for.
 */
export const checkInResponse = (
	db: Db,
	actor: Actor,
	today: string,
	filter: FollowUpFilter
): Promise<Compared[]> =>
	comparedOf(
		db,
		sql`select p.agency_id, p.class_id, p.person_id, s.post_kind, u.kind as unit_kind, d.answered
			from followup.action_plan p
			join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
			join lateral (
				select d.check_in_id is not null as answered from followup.check_in_due d
				where d.agency_id = p.agency_id and d.action_plan_id = p.id and d.due_on <= ${today}::date
					and (d.check_in_id is not null or p.status in ('approved', 'running'))
				order by d.days desc limit 1
			) d on true
			left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id
			left join people.unit u on u.agency_id = s.agency_id and u.id = s.unit_id
			where p.agency_id = (select platform.current_agency()) and ${seesAll(actor) ? sql`p.status <> 'draft'` : visiblePlan(actor)} and ${chosen(filter)}`
	);

/** What stands in the way of running plans in a unit and below it now, by their last check-ins: the three commonest. */
export async function commonestObstacles(
	db: Db,
	actor: Actor,
	unitId: string | null
): Promise<{ obstacle: Obstacle; times: number }[]> {
	const { rows } = await sql<{ obstacle: string; times: number }>`
		select k.obstacle, count(*)::int as times
		from people.unit top
		join people.staff s on s.agency_id = top.agency_id and s.unit_path <@ top.path
		join followup.action_plan p on p.agency_id = s.agency_id and p.person_id = s.person_id and p.status in ('approved', 'running')
		join lateral (
			select k.obstacle from followup.check_in k
			where k.agency_id = p.agency_id and k.action_plan_id = p.id order by k.at desc limit 1
		) k on k.obstacle is not null
		where top.agency_id = (select platform.current_agency()) and top.id = ${unitId}::uuid and ${inScope(actor, 'followup.read', 's.unit_path')}
		group by k.obstacle order by times desc, k.obstacle limit 3`.execute(db);
	return rows.flatMap((row) => {
		const obstacle = obstacleOf(row.obstacle);
		return obstacle === null ? [] : [{ obstacle, times: row.times }];
	});
}

/** Offices, programs and classes that may be chosen: those with plans in sight. */
export async function boardChoices(
	db: Db,
	actor: Actor,
	filter: BoardFilter
): Promise<{ units: Choice[]; classes: Choice[] }> {
	// From the few who wrote plans to their offices: joined at once, the planner begins with all units and everybody in them.
	const units = await sql<Choice>`
		with writer as materialized (
			select distinct person_id from followup.action_plan
			where agency_id = (select platform.current_agency()) and status <> 'draft'
		), home as materialized (
			select distinct s.unit_path from writer w
			join people.staff s on s.agency_id = (select platform.current_agency()) and s.person_id = w.person_id
			where ${inScope(actor, 'followup.read', 's.unit_path')}
		)
		select u.id, u.name from people.unit u
		where u.agency_id = (select platform.current_agency()) and u.path in (select subpath(unit_path, 0, 2) from home where nlevel(unit_path) >= 2)
		order by u.name limit 200`.execute(db);
	const classes = await sql<Choice>`
		select c.id, c.name || ' · ' || c.code as name from classes.class c
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		where c.agency_id = (select platform.current_agency()) and v.program_id = ${filter.programId}::uuid
			and exists (select from followup.action_plan p where p.agency_id = c.agency_id and p.class_id = c.id and p.status <> 'draft')
		order by c.starts_on desc limit 100`.execute(db);
	return { units: units.rows, classes: classes.rows };
}

type Choice = { id: string; name: string };
