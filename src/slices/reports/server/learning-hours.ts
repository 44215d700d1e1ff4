import { sql } from 'kysely';
import { scopesOf, within, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';

export type UnitHours = {
	unitId: string;
	unit: string;
	/** Only the people posted to the asked unit itself, not its units below. */
	direct: boolean;
	people: number;
	reached: number;
	mean: number;
	none: number;
	target: number;
};

/** The highest units the actor may read, none inside another; '' is the top of the agency. */
function topScopes(actor: Actor): string[] {
	const scopes = [...new Set(scopesOf(actor, 'reports.read'))];
	return scopes.filter((path) => !scopes.some((other) => other !== path && within(path, other)));
}

/**
 * JP of a year by the units right under `parentId` (null: under the highest units of the actor's scope, so that nobody
 * reads a part of a unit under the name of the whole); people without a target (officials) are left out. One pass over
 * the staff: each person's path is cut at the parent's depth.
 */
export async function hoursByUnit(
	db: Db,
	actor: Actor,
	year: number,
	parentId: string | null
): Promise<UnitHours[]> {
	const tops = topScopes(actor);
	const rows = await sql<UnitHours>`
		with parent as (
			select path from people.unit where agency_id = platform.current_agency()
				and (id = ${parentId}::uuid or (${parentId}::uuid is null and (path = any(${tops}::ltree[]) or (${tops.includes('')} and parent_id is null))))
		), hours as (
			select person_id, sum(learning_hours) as jp from credentials.jp_entry
			where agency_id = platform.current_agency() and year = ${year} and status = 'counted' group by person_id
		), target as (
			select distinct on (employment_kind) employment_kind, learning_hours as jp from credentials.jp_target
			where agency_id = platform.current_agency() and nature = 'minimum'
				and valid_from <= make_date(${year}, 12, 31) and (valid_to is null or valid_to > make_date(${year}, 12, 31))
			order by employment_kind, valid_from desc
		), person as (
			select subpath(s.unit_path, 0, least(nlevel(s.unit_path), nlevel(parent.path) + 1)) as path, s.unit_path = parent.path as direct, coalesce(h.jp, 0) as jp, t.jp as target
			from parent
			join people.staff s on s.agency_id = platform.current_agency() and s.unit_path <@ parent.path
			join target t on t.employment_kind = s.employment_kind
			left join hours h on h.person_id = s.person_id
			where ${inScope(actor, 'reports.read', 's.unit_path')}
		)
		select u.id as "unitId", u.name as unit, bool_or(p.direct) as direct, count(*)::int as people, (count(*) filter (where p.jp >= p.target))::int as reached,
			round(avg(p.jp), 1) as mean, (count(*) filter (where p.jp = 0))::int as none, max(p.target) as target
		from person p join people.unit u on u.agency_id = platform.current_agency() and u.path = p.path
		group by u.id, u.name order by (count(*) filter (where p.jp >= p.target))::numeric / count(*), u.name`.execute(
		db
	);
	return rows.rows;
}

export type PersonHours = {
	personId: string;
	name: string;
	post: string;
	unit: string;
	jp: number;
	target: number;
};
export const PEOPLE_PAGE = 50;

/** People of a unit and below with their JP of a year, fewest first. Refuses: a unit outside one's scope, as missing. */
export async function hoursOfPeople(
	db: Db,
	actor: Actor,
	year: number,
	unitId: string,
	page: number
): Promise<{ unit: string; rows: PersonHours[]; total: number }> {
	const unit = await sql<{ name: string }>`
		select u.name from people.unit u where u.agency_id = platform.current_agency() and u.id = ${unitId}
			and ${inScope(actor, 'reports.read', 'u.path')}`.execute(db);
	const name = unit.rows[0]?.name;
	if (name === undefined) throw missing();
	const rows = await sql<PersonHours & { total: number }>`
		with hours as (
			select person_id, sum(learning_hours) as jp from credentials.jp_entry
			where agency_id = platform.current_agency() and year = ${year} and status = 'counted' group by person_id
		)
		select s.person_id as "personId", s.name, s.post_title as post, s.unit_name as unit, coalesce(h.jp, 0) as jp,
			t.learning_hours as target, count(*) over () as total
		from people.unit top
		join people.staff s on s.agency_id = top.agency_id and s.unit_path <@ top.path
		join lateral (
			select learning_hours from credentials.jp_target x
			where x.agency_id = s.agency_id and x.employment_kind = s.employment_kind and x.nature = 'minimum'
				and x.valid_from <= make_date(${year}, 12, 31) and (x.valid_to is null or x.valid_to > make_date(${year}, 12, 31))
			order by x.valid_from desc limit 1) t on true
		left join hours h on h.person_id = s.person_id
		where top.agency_id = platform.current_agency() and top.id = ${unitId}
		order by coalesce(h.jp, 0), s.name, s.person_id limit ${PEOPLE_PAGE} offset ${(page - 1) * PEOPLE_PAGE}`.execute(
		db
	);
	return { unit: name, rows: rows.rows.map(({ total: _, ...row }) => row), total: rows.rows[0]?.total ?? 0 };
}
