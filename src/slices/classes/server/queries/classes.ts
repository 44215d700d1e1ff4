import { sql } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';
import {
	CHANGEABLE,
	CLASS_NEXT,
	REGISTRATION_NEXT,
	TAKES_PEOPLE,
	approvalOf,
	classMode,
	classStatus,
	registrationStatus,
	type ClassMode,
	type ClassStatus
} from '../../model.ts';
import { participantHours } from '../participant-hours.ts';
import { teachesClass, visibleClass } from '../visible.ts';

export type ClassFilter = {
	/** 'YYYY-MM': classes that meet in this month; null: all. */
	month: string | null;
	status: ClassStatus | null;
	mode: ClassMode | null;
	/** Only those the actor takes part in or teaches. */
	mine: boolean;
	search: string;
};

type ListRow = {
	id: string;
	code: string;
	name: string;
	status: string;
	mode: string;
	seats: number;
	place: string;
	starts_on: string;
	ends_on: string;
	planned: boolean;
	enrolled: number;
	waiting: number;
	requested: number;
	mine: string | null;
	teaching: boolean;
};

/** Classes that the actor may see, in the order of their first day, and how many there are in all. */
export async function classesOf(
	db: Db,
	actor: Actor,
	filter: ClassFilter,
	slice: { limit: number; offset: number }
) {
	const first = filter.month === null ? null : `${filter.month}-01`;
	const wanted = sql`c.agency_id = ${actor.agencyId} and ${visibleClass(actor)}
		and (${first}::date is null or (c.starts_on < (${first}::date + interval '1 month') and c.ends_on >= ${first}::date))
		and (${filter.status}::text is null or c.status = ${filter.status}::text)
		and (${filter.mode}::text is null or c.mode = ${filter.mode}::text)
		and (${filter.search} = '' or c.name ilike ${likeOf(filter.search)} or c.code ilike ${likeOf(filter.search)} or c.place ilike ${likeOf(filter.search)})
		and (not ${filter.mine}::boolean
			or exists (select from classes.registration x where x.agency_id = c.agency_id and x.class_id = c.id and x.person_id = ${actor.personId}::uuid
				and x.status not in ('rejected', 'withdrawn'))
			or ${teachesClass(actor)})`;
	const rows = await sql<ListRow & { total: number }>`
		with page as (
			select c.*, count(*) over ()::int as total from classes.class c where ${wanted}
			order by c.starts_on, c.code limit ${slice.limit} offset ${slice.offset}
		)
		select c.id, c.code, c.name, c.status, c.mode, c.seats, c.place, c.starts_on, c.ends_on, c.plan_line_id is not null as planned, c.total,
			n.enrolled, n.waiting, n.requested, n.mine,
			${teachesClass(actor)} as teaching
		from page c
		cross join lateral (
			select count(*) filter (where r.status in ('offered', 'enrolled', 'passed', 'failed'))::int as enrolled,
				count(*) filter (where r.status = 'waiting')::int as waiting,
				count(*) filter (where r.status in ('requested', 'approved'))::int as requested,
				max(r.status) filter (where r.person_id = ${actor.personId}::uuid) as mine
			from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
		) n
		order by c.starts_on, c.code`.execute(db);
	return {
		classes: rows.rows.map(({ total: _total, ...row }) => ({
			...row,
			status: classStatus(row.status),
			mode: classMode(row.mode),
			mine: row.mine === null ? null : registrationStatus(row.mine)
		})),
		total: rows.rows[0]?.total ?? 0
	};
}

const likeOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

type HeadRow = {
	id: string;
	code: string;
	name: string;
	status: string;
	mode: string;
	form: string;
	seats: number;
	place: string;
	starts_on: string;
	ends_on: string;
	abroad: boolean;
	attendance_percent: number;
	edition: number;
	version_id: string;
	version_number: number;
	/** Who answers for it in the office. */
	owner: string | null;
	program_id: string;
	program: string;
	plan_line_id: string | null;
	plan_id: string | null;
	plan_year: number | null;
	unit_goal: string | null;
	answers_gap: boolean;
	/** JP that a participant gets: the least and the most, where pairs meet for different lengths. */
	jp_least: number;
	jp_most: number;
	sessions: number;
	sessions_held: number;
	enrolled: number;
	waiting: number;
	requested: number;
	passed: number;
	failed: number;
	teaching: boolean;
	mine_id: string | null;
	mine_status: string | null;
	mine_since: Date | null;
	mine_note: string | null;
	mine_answer_by: Date | null;
	mine_no_show: boolean | null;
	approval: string;
	asks_until: string | null;
	mine_place: number | null;
};

/** One class in one statement: facts, where it comes from, counts, the actor's own seat. Refuses: missing. */
export async function classById(db: Db, actor: Actor, classId: string) {
	const rows = await sql<HeadRow>`
		select c.id, c.code, c.name, c.status, c.mode, c.form, c.seats, c.place, c.starts_on, c.ends_on, c.abroad, c.attendance_percent, c.edition,
			(select w.name from people.person w where w.agency_id = c.agency_id and w.id = c.owner_id) as owner,
			c.version_id, v.number as version_number, g.id as program_id, g.name as program,
			c.plan_line_id, l.plan_id, p.year as plan_year, l.unit_goal, l.campaign_id is not null as answers_gap,
			h.least as jp_least, h.most as jp_most, t.sessions, t.held as sessions_held, t.teaching, n.enrolled, n.waiting, n.requested, n.passed, n.failed,
			me.id as mine_id, me.status as mine_status, coalesce(me.waiting_since, me.requested_at) as mine_since, me.note as mine_note,
			me.answer_by as mine_answer_by, me.no_show as mine_no_show, c.approval, c.asks_until,
			case when me.status = 'waiting' then (select count(*)::int from classes.registration w where w.agency_id = c.agency_id
				and w.class_id = c.id and w.status = 'waiting' and (w.waiting_since, w.id) <= (me.waiting_since, me.id)) end as mine_place
		from classes.class c
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		left join plans.line l on l.agency_id = c.agency_id and l.id = c.plan_line_id
		left join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id
		left join classes.registration me on me.agency_id = c.agency_id and me.class_id = c.id and me.person_id = ${actor.personId}::uuid
		cross join lateral (
			select count(*) filter (where s.cancelled_at is null)::int as sessions,
				count(*) filter (where s.cancelled_at is null and exists (select from classes.attendance a
					where a.agency_id = s.agency_id and a.session_id = s.id))::int as held,
				${teachesClass(actor)} as teaching
			from classes.session s where s.agency_id = c.agency_id and s.class_id = c.id
		) t
		cross join lateral ${participantHours} h
		cross join lateral (
			select count(*) filter (where r.status in ('offered', 'enrolled', 'passed', 'failed'))::int as enrolled,
				count(*) filter (where r.status = 'waiting')::int as waiting,
				count(*) filter (where r.status in ('requested', 'approved'))::int as requested,
				count(*) filter (where r.status = 'passed')::int as passed,
				count(*) filter (where r.status = 'failed')::int as failed
			from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
		) n
		where c.agency_id = ${actor.agencyId} and c.id = ${classId} and ${visibleClass(actor)}`.execute(db);
	const row = rows.rows[0];
	if (!row) throw missing();
	const status = classStatus(row.status);
	const mine = row.mine_status === null ? null : registrationStatus(row.mine_status);
	const {
		mine_id,
		mine_status: _status,
		mine_since,
		mine_note,
		mine_place,
		mine_answer_by,
		mine_no_show,
		teaching,
		...facts
	} = row;
	const manages = canManage(actor);
	return {
		class: { ...facts, status, mode: classMode(row.mode), approval: approvalOf(row.approval) },
		mine:
			mine === null || mine_id === null
				? null
				: {
						id: mine_id,
						status: mine,
						since: mine_since,
						note: mine_note ?? '',
						place: mine_place,
						answerBy: mine_answer_by,
						noShow: mine_no_show === true
					},
		teaching,
		can: {
			manage: manages && CHANGEABLE.includes(status),
			open: manages && CLASS_NEXT[status].includes('open'),
			start: manages && CLASS_NEXT[status].includes('running'),
			finish: manages && CLASS_NEXT[status].includes('finished'),
			cancel: manages && CLASS_NEXT[status].includes('cancelled'),
			enrol: manages && TAKES_PEOPLE.includes(status),
			request:
				actor.personId !== null &&
				status === 'open' &&
				(mine === null || REGISTRATION_NEXT[mine].includes('requested')),
			withdraw:
				mine !== null && TAKES_PEOPLE.includes(status) && REGISTRATION_NEXT[mine].includes('withdrawn'),
			nominate: TAKES_PEOPLE.includes(status) && (manages || hasAbility(actor, 'classes.approveTeam')),
			copy: manages && row.sessions > 0,
			openProgram: hasAbility(actor, 'programs.read'),
			openPlan: hasAbility(actor, 'plans.read'),
			seeSheets: manages || teaching
		}
	};
}
