import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { TAKES_SEAT } from '../model.ts';
import { DEFAULT_POLICY, type Candidate, type Quota, type SeatPolicy } from '../seat-rules.ts';

/** Where these people work today, in the given order; who left has neither unit nor post. */
export async function candidatesOf(
	db: Db,
	agencyId: string,
	personIds: readonly string[]
): Promise<Candidate[]> {
	const rows = await sql<Candidate>`
		select x.id as "personId", s.unit_path::text as "unitPath", s.post_kind as "postKind"
		from unnest(${[...personIds]}::uuid[]) with ordinality as x(id, place)
		left join people.staff s on s.agency_id = ${agencyId} and s.person_id = x.id
		order by x.place`.execute(db);
	return rows.rows;
}

/** The quotas of a class, and how many hold or are offered a seat under each. */
export async function quotasOf(
	db: Db,
	agencyId: string,
	classId: string
): Promise<(Quota & { unitId: string | null; unit: string | null })[]> {
	const rows = await sql<Quota & { unitId: string | null; unit: string | null }>`
		select q.unit_id as "unitId", u.name as unit, u.path::text as "unitPath", q.post_kind as "postKind", q.most,
			(select count(*)::int from classes.registration r
				join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
				where r.agency_id = q.agency_id and r.class_id = q.class_id and r.status = any(${[...TAKES_SEAT]})
					and (q.post_kind is null or s.post_kind = q.post_kind) and (q.unit_id is null or s.unit_path <@ u.path)) as taken
		from classes.quota q
		left join people.unit u on u.agency_id = q.agency_id and u.id = q.unit_id
		where q.agency_id = ${agencyId} and q.class_id = ${classId}
		order by u.name nulls first, q.post_kind`.execute(db);
	return rows.rows;
}

/** The agency's own rules for requests, or those that Asah ships. */
export async function seatPolicy(db: Db, agencyId: string): Promise<SeatPolicy> {
	const rows = await sql<SeatPolicy>`
		select decide_hours as "decideHours", no_shows as "noShows", no_show_months as "noShowMonths"
		from classes.seat_policy where agency_id = ${agencyId}`.execute(db);
	return rows.rows[0] ?? DEFAULT_POLICY;
}

/** How many seats each of these people left empty within the months of the policy; who left none is not among them. */
export async function noShowsOf(
	db: Db,
	agencyId: string,
	personIds: readonly string[],
	policy: SeatPolicy,
	now: Date
): Promise<Map<string, number>> {
	const rows = await sql<{ personId: string; times: number }>`
		select r.person_id as "personId", count(*)::int as times
		from classes.registration r join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
		where r.agency_id = ${agencyId} and r.person_id = any(${[...personIds]}::uuid[]) and r.no_show
			and c.ends_on > (${now}::timestamptz - make_interval(months => ${policy.noShowMonths}))::date
		group by r.person_id`.execute(db);
	return new Map(rows.rows.map(({ personId, times }) => [personId, times]));
}

/** Programs that must have been passed before this class, by person who lacks one: their names. */
export async function lackingPrograms(
	db: Db,
	agencyId: string,
	classId: string,
	personIds: readonly string[]
): Promise<Map<string, string>> {
	const rows = await sql<{ personId: string; programs: string }>`
		select x.id as "personId", string_agg(g.name, ', ' order by g.name) as programs
		from classes.prerequisite q
		join programs.program g on g.agency_id = q.agency_id and g.id = q.program_id
		cross join unnest(${[...personIds]}::uuid[]) as x(id)
		where q.agency_id = ${agencyId} and q.class_id = ${classId} and not exists (
			select from classes.registration r
			join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id and v.program_id = q.program_id
			where r.agency_id = q.agency_id and r.person_id = x.id and r.status = 'passed')
		group by x.id`.execute(db);
	return new Map(rows.rows.map(({ personId, programs }) => [personId, programs]));
}
