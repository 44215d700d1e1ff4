import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { countersOf, type Away, type Counter, type Member, type Need } from '../../coverage.ts';

/** A unit with a minimum, whoever works in it or below, and what it needs. */
export type Staffing = {
	unitId: string;
	unitName: string;
	/** Path of the unit: whoever works at it or below stands at its counters. */
	path: string;
	needs: readonly Need[];
	staff: readonly StaffMember[];
};

/** With what decides who may read why somebody is away. */
export type StaffMember = Member & { name: string; unitPath: string | null; supervisorId: string | null };

/** Units with a minimum in which one of these people works, themselves or above them. */
export async function unitsNeeding(db: Db, personIds: readonly string[]): Promise<string[]> {
	if (personIds.length === 0) return [];
	const { rows } = await sql<{ id: string }>`
		select distinct u.id from people.unit u
		join people.staff s on s.agency_id = u.agency_id and s.unit_path <@ u.path and s.person_id = any(${[...personIds]}::uuid[])
		where u.agency_id = (select platform.current_agency())
			and u.id in (select m.unit_id from people.minimum_staff m where m.agency_id = (select platform.current_agency()))
		order by u.id`.execute(db);
	return rows.map(({ id }) => id);
}

/** What these units need and who works there; units without a minimum are not among the answers. */
export async function staffingOf(db: Db, unitIds: readonly string[]): Promise<Staffing[]> {
	if (unitIds.length === 0) return [];
	const { rows: needs } = await sql<Need & { unitId: string; unitName: string; path: string }>`
		select m.unit_id as "unitId", u.name || coalesce(', ' || o.name, '') as "unitName", u.path::text as path, m.role_name as "roleName",
			m.weekdays::int as weekdays, m.people::int as people,
			(extract(epoch from m.from_time) / 60)::int as "from", (extract(epoch from m.to_time) / 60)::int as "to"
		from people.minimum_staff m join people.unit u on u.agency_id = m.agency_id and u.id = m.unit_id
		left join people.unit o on o.agency_id = u.agency_id and nlevel(u.path) > 2 and o.path = subpath(u.path, 0, 2)
		where m.agency_id = (select platform.current_agency()) and m.unit_id = any(${[...unitIds]}::uuid[])
		order by u.path, m.from_time, m.role_name, m.id`.execute(db);
	const { rows: staff } = await sql<StaffMember & { unitId: string }>`
		select u.id as "unitId", s.person_id as "personId", s.post_title as "postTitle", s.name, s.unit_path::text as "unitPath",
			s.supervisor_id as "supervisorId"
		from people.unit u join people.staff s on s.agency_id = u.agency_id and s.unit_path <@ u.path
		where u.agency_id = (select platform.current_agency()) and u.id = any(${needs.map(({ unitId }) => unitId)}::uuid[])
		order by s.name, s.person_id`.execute(db);
	const units = new Map<
		string,
		{ unit: Omit<Staffing, 'needs' | 'staff'>; needs: Need[]; staff: StaffMember[] }
	>();
	for (const { unitId, unitName, path, ...need } of needs) {
		const unit = units.get(unitId) ?? { unit: { unitId, unitName, path }, needs: [], staff: [] };
		units.set(unitId, unit);
		unit.needs.push(need);
	}
	for (const { unitId, ...member } of staff) units.get(unitId)?.staff.push(member);
	return [...units.values()].map((one) => ({ ...one.unit, needs: one.needs, staff: one.staff }));
}

/** Classes and people whose seats are still being decided, and sessions whose teachers are: they don't count as being away. */
export type Undecided = {
	classIds: readonly string[];
	personIds: readonly string[];
	sessionIds?: readonly string[];
};

/**
 * Who of these people is away on these days: on leave, on duty, in a class that holds a seat for them, or teaching one.
 */
export async function awayOn(
	db: Db,
	personIds: readonly string[],
	days: readonly string[],
	undecided: Undecided = { classIds: [], personIds: [] }
): Promise<Away[]> {
	if (personIds.length === 0 || days.length === 0) return [];
	const { rows } = await sql<Away>`
		select a.person_id as "personId", a.kind as why, d.day::text as day, 0 as "from", 1440 as "to"
		from classes.absence a
		join unnest(${[...days]}::date[]) as d(day) on d.day between a.starts_on and a.ends_on
		where a.agency_id = (select platform.current_agency()) and a.person_id = any(${[...personIds]}::uuid[])
		union all
		select r.person_id, 'class', (x.starts_at at time zone g.time_zone)::date::text,
			(extract(epoch from (x.starts_at at time zone g.time_zone)::time) / 60)::int,
			(extract(epoch from (x.ends_at at time zone g.time_zone)::time) / 60)::int
		from classes.registration r
		join platform.agency g on g.agency_id = r.agency_id
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status <> 'cancelled'
		join classes.session x on x.agency_id = c.agency_id and x.class_id = c.id and x.cancelled_at is null and x.mode <> 'self_paced'
		where r.agency_id = (select platform.current_agency()) and r.person_id = any(${[...personIds]}::uuid[])
			and r.status in ('offered', 'enrolled', 'passed', 'failed')
			and (x.starts_at at time zone g.time_zone)::date = any(${[...days]}::date[])
			and not (r.class_id = any(${[...undecided.classIds]}::uuid[]) and r.person_id = any(${[...undecided.personIds]}::uuid[]))
		union all
		select f.person_id, 'teaching', (x.starts_at at time zone g.time_zone)::date::text,
			(extract(epoch from (x.starts_at at time zone g.time_zone)::time) / 60)::int,
			(extract(epoch from (x.ends_at at time zone g.time_zone)::time) / 60)::int
		from classes.session_facilitator f
		join platform.agency g on g.agency_id = f.agency_id
		join classes.session x on x.agency_id = f.agency_id and x.id = f.session_id and x.cancelled_at is null and x.mode <> 'self_paced'
		join classes.class c on c.agency_id = x.agency_id and c.id = x.class_id and c.status <> 'cancelled'
		where f.agency_id = (select platform.current_agency()) and f.person_id = any(${[...personIds]}::uuid[]) and f.cancelled_at is null
			and (x.starts_at at time zone g.time_zone)::date = any(${[...days]}::date[])
			and not x.id = any(${[...(undecided.sessionIds ?? [])]}::uuid[])
		order by 1, 3, 4`.execute(db);
	return rows;
}

/** The counters of these units on these days, cut where somebody leaves or comes back. */
export function countersOn(
	staffing: readonly Staffing[],
	days: readonly string[],
	away: readonly Away[],
	sessions: readonly { day: string; from: number; to: number }[] = []
): Counter[] {
	const edges = new Map<string, Set<number>>();
	for (const { day, from, to } of [...away, ...sessions]) {
		const cuts = edges.get(day) ?? new Set();
		edges.set(day, cuts.add(from).add(to));
	}
	return staffing.flatMap(({ unitId, needs, staff }) =>
		days.flatMap((day) => countersOf(unitId, day, needs, staff, [...(edges.get(day) ?? [])]))
	);
}
