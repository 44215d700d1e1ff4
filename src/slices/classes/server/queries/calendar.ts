import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canManage, canSeeCalendarOf, canSeeRooms, canSeeUnitCalendar } from '../../access.ts';
import { softConflicts, USUAL_HOURS, type Hours, type Missed } from '../../conflicts.ts';
import { guestsElsewhere, type Elsewhere, type Visit } from '../../guests.ts';
import { sessionMode } from '../../model.ts';
import { visibleClass } from '../visible.ts';
import { missedTeachers } from './missed-teachers.ts';

/** Whose calendar: everything of the agency, or what concerns one unit, room, facilitator or person. */
export type CalendarOf = { of: 'agency' | 'unit' | 'room' | 'facilitator' | 'person'; id: string | null };

type Row = {
	id: string;
	class_id: string;
	class: string;
	code: string;
	topic: string;
	mode: string;
	on_day: string;
	from: string;
	minutes: number;
	room_id: string | null;
	room: string | null;
	room_seats: number | null;
	class_seats: number;
	place: string;
	facilitators: string | null;
	teachers: string[] | null;
	cancelled: boolean;
	held: boolean;
	edition: number;
	people: number;
	away: number;
	out: boolean;
	closed: string | null;
	guests: string;
};

/**
 * Sessions on the wall calendar of the agency from one day to another, each with what is wrong with it: hard things that
 * came after it was booked (room closed, nobody left to teach), soft ones with their price. One statement for the rows,
 * one for the days. Refuses: missing, when it is nobody's business whose calendar is asked.
 */
export async function calendarOf(
	db: Db,
	actor: Actor,
	whose: CalendarOf,
	days: { from: CivilDate; to: CivilDate },
	zone: string
) {
	const subject = await subjectOf(db, actor, whose);
	const unitPath = subject.unitPath;
	const rows = await sql<Row>`
		with ${unitPath === null ? sql`` : sql`reach as materialized (select st.person_id from people.staff st where st.agency_id = ${actor.agencyId} and st.unit_path <@ ${unitPath}::ltree),`}
		counted as materialized (
			select t.session_id, count(*) filter (where not t.teaches)::int as people,
				${unitPath === null ? sql`0` : sql`count(*) filter (where t.person_id in (select person_id from reach))::int`} as away
			from classes.seat_time t
			where t.agency_id = ${actor.agencyId} and t.starts_at >= (${days.from}::date - 1)::timestamp at time zone ${zone}
				and t.starts_at < (${days.to}::date + 1)::timestamp at time zone ${zone}
				${counting(whose)}
			group by t.session_id
		), live as materialized (
			select s.*, c.name as class, c.code, c.seats as class_seats
			from classes.session s
			join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
			where s.agency_id = ${actor.agencyId} and s.starts_at < (${days.to}::date + 1)::timestamp at time zone ${zone}
				and s.starts_at >= (${days.from}::date - 1)::timestamp at time zone ${zone}
				and s.ends_at > ${days.from}::date::timestamp at time zone ${zone}
				and ${visibleClass(actor)} and ${concerns(whose)}
		), taught as (
			select f.session_id, string_agg(p.name, ', ' order by f.sort, p.name) filter (where f.cancelled_at is null) as names,
				array_agg(f.person_id) filter (where f.cancelled_at is null) as ids,
				bool_or(f.cancelled_at is not null) as called_off, bool_or(f.cancelled_at is null) as left_over
			from classes.session_facilitator f
			join people.person p on p.agency_id = f.agency_id and p.id = f.person_id
			where f.agency_id = ${actor.agencyId} and f.session_id in (select id from live)
			group by f.session_id
		)
		select s.id, s.class_id, s.class, s.code, s.topic, s.mode, to_char(s.starts_at at time zone ${zone}, 'YYYY-MM-DD') as on_day,
			to_char(s.starts_at at time zone ${zone}, 'HH24:MI') as from, (extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes,
			s.room_id, r.name as room, r.seats as room_seats, s.class_seats, s.place, s.guests, t.names as facilitators, t.ids as teachers,
			s.cancelled_at is not null as cancelled, s.edition,
			exists (select from classes.attendance a where a.agency_id = s.agency_id and a.session_id = s.id) as held,
			coalesce(n.people, 0) as people, coalesce(n.away, 0) as away,
			coalesce(t.called_off and not t.left_over, false) as out,
			k.reason as closed
		from live s
		left join classes.room r on r.agency_id = s.agency_id and r.id = s.room_id
		left join counted n on n.session_id = s.id
		left join taught t on t.session_id = s.id
		left join lateral (select c.reason from classes.room_closure c where c.agency_id = s.agency_id and c.room_id = s.room_id
			and c.starts_on <= (s.ends_at at time zone ${zone} - interval '1 microsecond')::date
			and c.ends_on >= (s.starts_at at time zone ${zone})::date limit 1) k on true
		order by s.starts_at, s.class, s.id limit 3000`.execute(db);
	const around = await surroundings(db, actor.agencyId, days);
	const elsewhere = rows.rows.some(({ guests }) => guests !== '')
		? guestsElsewhere(await visitsIn(db, actor, days, zone))
		: new Map<string, Elsewhere[]>();
	const manages = canManage(actor);
	const missed = manages
		? await missedTeachers(
				db,
				rows.rows.flatMap(({ id, on_day, from, minutes, teachers, cancelled, mode }) =>
					cancelled || mode === 'self_paced' || teachers === null
						? []
						: [{ id, on: on_day, from, minutes, teachers }]
				)
			)
		: new Map<string, Missed[]>();
	return {
		name: subject.name,
		sessions: rows.rows.map(({ on_day, held, teachers: _teachers, ...row }) => ({
			...row,
			on: on_day,
			mode: sessionMode(row.mode),
			soft: row.cancelled
				? []
				: softConflicts(
						{
							on: on_day,
							from: row.from,
							minutes: row.minutes,
							mode: row.mode,
							people: row.people,
							roomSeats: row.room_seats,
							classSeats: row.class_seats,
							guestsElsewhere: elsewhere.get(row.id) ?? [],
							missedAt: missed.get(row.id) ?? []
						},
						{ hours: around.hours, holidays: around.byDay, ramadans: around.ramadans }
					),
			can: { move: manages && !row.cancelled && !held }
		})),
		holidays: around.holidays,
		ramadans: around.ramadans,
		can: { manage: manages, rooms: canSeeRooms(actor) }
	};
}

export type CalendarSession = Awaited<ReturnType<typeof calendarOf>>['sessions'][number];

/** Sessions with speakers from outside in these days, whoever's calendar it is: where else such a name stands. */
async function visitsIn(
	db: Db,
	actor: Actor,
	days: { from: CivilDate; to: CivilDate },
	zone: string
): Promise<Visit[]> {
	const { rows } = await sql<Visit>`
		select s.id, c.code, s.guests, s.starts_at as "startsAt", s.ends_at as "endsAt"
		from classes.session s join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		where s.agency_id = ${actor.agencyId} and s.guests <> '' and s.cancelled_at is null and s.mode <> 'self_paced'
			and s.starts_at < (${days.to}::date + 2)::timestamp at time zone ${zone}
			and s.ends_at > (${days.from}::date - 1)::timestamp at time zone ${zone} and ${visibleClass(actor)}
		order by s.starts_at, s.id limit 3000`.execute(db);
	return rows;
}

/** People are counted for the sessions asked for alone, where these are few. */
function counting({ of, id }: CalendarOf): RawBuilder<unknown> {
	if (of === 'room')
		return sql`and t.session_id in (select x.id from classes.session x where x.agency_id = t.agency_id and x.room_id = ${id}::uuid)`;
	if (of === 'facilitator')
		return sql`and t.session_id in (select x.session_id from classes.session_facilitator x where x.agency_id = t.agency_id and x.person_id = ${id}::uuid)`;
	if (of === 'person')
		return sql`and t.session_id in (select x.session_id from classes.seat_time x where x.agency_id = t.agency_id and x.person_id = ${id}::uuid)`;
	return sql``;
}

function concerns({ of, id }: CalendarOf): RawBuilder<SqlBool> {
	if (of === 'room') return sql<SqlBool>`s.room_id = ${id}::uuid`;
	if (of === 'facilitator')
		return sql<SqlBool>`exists (select from classes.session_facilitator f where f.agency_id = s.agency_id and f.session_id = s.id
			and f.person_id = ${id}::uuid and f.cancelled_at is null)`;
	if (of === 'person')
		return sql<SqlBool>`(exists (select from classes.seat_time t where t.agency_id = s.agency_id and t.session_id = s.id and t.person_id = ${id}::uuid)
			or (s.mode = 'self_paced' or s.cancelled_at is not null) and exists (select from classes.registration g where g.agency_id = s.agency_id
				and g.class_id = s.class_id and g.person_id = ${id}::uuid and g.status in ('enrolled', 'passed', 'failed')))`;
	if (of === 'unit') return sql<SqlBool>`s.id in (select n.session_id from counted n where n.away > 0)`;
	return sql<SqlBool>`true`;
}

/** Name of whose calendar it is, and the reach of a unit. Refuses: missing, for other people's. */
async function subjectOf(
	db: Db,
	actor: Actor,
	{ of, id }: CalendarOf
): Promise<{ name: string | null; unitPath: string | null }> {
	if (of === 'agency') return { name: null, unitPath: null };
	if (of === 'room') {
		const rows = await sql<{ name: string }>`
			select name from classes.room where agency_id = ${actor.agencyId} and id = ${id}::uuid`.execute(db);
		if (!rows.rows[0] || !canSeeRooms(actor)) throw missing();
		return { name: rows.rows[0].name, unitPath: null };
	}
	if (of === 'unit') {
		const rows = await sql<{ name: string; path: string }>`
			select name, path::text as path from people.unit where agency_id = ${actor.agencyId} and id = ${id}::uuid`.execute(
			db
		);
		const unit = rows.rows[0];
		if (!unit || !canSeeUnitCalendar(actor, unit.path)) throw missing();
		return { name: unit.name, unitPath: unit.path };
	}
	const rows = await sql<{
		name: string;
		unit_path: string | null;
		supervisor_id: string | null;
		teaches: boolean;
	}>`
		select p.name, s.unit_path::text as unit_path, s.supervisor_id,
			exists (select from classes.session_facilitator f where f.agency_id = p.agency_id and f.person_id = p.id) as teaches
		from people.person p left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.id
		where p.agency_id = ${actor.agencyId} and p.id = ${id}::uuid`.execute(db);
	const person = rows.rows[0];
	if (!person || id === null) throw missing();
	const taking = { personId: id, unitPath: person.unit_path, supervisorId: person.supervisor_id };
	// Who teaches what stands on every class page; where somebody learns is theirs, their supervisor's and the office's.
	const may = of === 'facilitator' ? person.teaches : canSeeCalendarOf(actor, taking);
	if (!may) throw missing();
	return { name: person.name, unitPath: null };
}

export async function hoursOf(db: Db, agencyId: string): Promise<Hours> {
	const rows = await sql<Hours>`
		select to_char(day_from, 'HH24:MI') as "dayFrom", to_char(day_to, 'HH24:MI') as "dayTo",
			to_char(ramadan_from, 'HH24:MI') as "ramadanFrom", to_char(ramadan_to, 'HH24:MI') as "ramadanTo",
			to_char(friday_from, 'HH24:MI') as "fridayFrom", to_char(friday_to, 'HH24:MI') as "fridayTo"
		from classes.hours where agency_id = ${agencyId}`.execute(db);
	return rows.rows[0] ?? USUAL_HOURS;
}

/** Holidays, days of fasting and office hours around these days. */
export async function surroundings(db: Db, agencyId: string, days: { from: CivilDate; to: CivilDate }) {
	const holidays = await sql<{ on: string; name: string; kind: string; sure: boolean }>`
		select to_char(on_day, 'YYYY-MM-DD') as on, name, kind, sure from classes.holiday
		where agency_id = ${agencyId} and on_day between ${days.from}::date and ${days.to}::date + 1 order by on_day, kind`.execute(
		db
	);
	const ramadans = await sql<{ startsOn: string; endsOn: string; sure: boolean }>`
		select to_char(starts_on, 'YYYY-MM-DD') as "startsOn", to_char(ends_on, 'YYYY-MM-DD') as "endsOn", sure from classes.ramadan
		where agency_id = ${agencyId} and starts_on <= ${days.to}::date and ends_on >= ${days.from}::date`.execute(
		db
	);
	return {
		hours: await hoursOf(db, agencyId),
		holidays: holidays.rows,
		ramadans: ramadans.rows,
		byDay: new Map(holidays.rows.map(({ on, name }) => [on, name]))
	};
}

export type CalendarChoice = { id: string; name: string; of: 'room' | 'unit' | 'facilitator' };

/** Whose calendars the actor may choose from a list; other people's open from their own pages. */
export async function calendarChoices(db: Db, actor: Actor): Promise<CalendarChoice[]> {
	const units = canManage(actor)
		? sql<SqlBool>`true`
		: sql<SqlBool>`(${inScope(actor, 'classes.read', 'u.path')} or ${inScope(actor, 'classes.approveTeam', 'u.path')})`;
	const rows = await sql<CalendarChoice>`
		(select 'room' as of, r.id, r.name from classes.room r
			where r.agency_id = ${actor.agencyId} and r.active and ${canSeeRooms(actor)}::boolean order by r.name limit 200)
		union all
		(select 'unit', u.id, u.name from people.unit u
			where u.agency_id = ${actor.agencyId} and u.valid_to is null and nlevel(u.path) <= 2 and ${units} order by u.path limit 200)
		union all
		(select 'facilitator', p.id, p.name from people.person p
			where p.agency_id = ${actor.agencyId} and ${canSeeRooms(actor)}::boolean
				and p.id in (select f.person_id from classes.session_facilitator f where f.agency_id = ${actor.agencyId})
			order by p.name limit 200)`.execute(db);
	return rows.rows;
}
