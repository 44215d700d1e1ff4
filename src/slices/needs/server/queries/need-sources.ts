import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { goalSource } from '../../need-model.ts';
import { serviceIndex, weakElements, type ServiceBand, type WeakElement } from '../../service-index.ts';

/** A unit as these queries name it; callers have asked whether it is the actor's to read. */
type Unit = { id: string; path: string };

export type ServiceResult = {
	unitId: string;
	unit: string;
	year: number;
	half: number;
	respondents: number;
	scores: number[];
	source: string;
	mean: string;
	index: string;
	grade: string | null;
	weak: WeakElement[];
};

/** Survey results of a unit and everything below it, newest first; with `latest` only the newest of each unit. */
export async function serviceResults(
	db: Db,
	unit: Unit,
	bands: readonly ServiceBand[],
	{ latest = false, until }: { latest?: boolean; until?: number } = {}
): Promise<ServiceResult[]> {
	const { rows } = await sql<Omit<ServiceResult, 'mean' | 'index' | 'grade' | 'weak'> & { turn: number }>`
		select r.unit_id as "unitId", u.name as unit, r.year, r.half, r.respondents, r.source,
			array[r.u1, r.u2, r.u3, r.u4, r.u5, r.u6, r.u7, r.u8, r.u9]::float8[] as scores,
			(row_number() over (partition by r.unit_id order by r.year desc, case r.half when 0 then 3 else r.half end desc))::int as turn
		from needs.service_result r
		join people.unit u on u.agency_id = r.agency_id and u.id = r.unit_id
		where r.agency_id = (select platform.current_agency()) and u.path <@ ${unit.path}::ltree
			and (${until ?? null}::int is null or r.year <= ${until ?? null}::int)
		order by r.year desc, r.half, u.name limit 1000`.execute(db);
	return rows
		.filter((row) => !latest || row.turn === 1)
		.map(({ turn: _, ...row }) => ({
			...row,
			...serviceIndex(row.scores, bands),
			weak: weakElements(row.scores, bands)
		}));
}

export type Goal = {
	id: string;
	unitId: string;
	unit: string;
	goal: string;
	source: ReturnType<typeof goalSource>;
	weight: number;
	yearFrom: number;
	yearTo: number;
	competencyId: string | null;
	competency: string | null;
};

/** Goals in force in a year: of the unit, and of those above it, which it serves too; `below`: of it and all below it. */
export async function goalsOf(
	db: Db,
	unit: Unit,
	year: number,
	whose: 'above' | 'below' = 'above'
): Promise<Goal[]> {
	const there = whose === 'above' ? sql`u.path @> ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	const { rows } = await sql<Omit<Goal, 'source'> & { source: string }>`
		select g.id, g.unit_id as "unitId", u.name as unit, g.goal, g.source, g.weight::float8 as weight, g.year_from as "yearFrom",
			g.year_to as "yearTo", g.competency_id as "competencyId", c.name as competency
		from needs.unit_goal g
		join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
		left join competencies.competency c on c.agency_id = g.agency_id and c.id = g.competency_id
		where g.agency_id = (select platform.current_agency()) and ${there} and g.ended_at is null
			and ${year} between g.year_from and g.year_to
		order by ${whose === 'above' ? sql`nlevel(u.path) desc` : sql`nlevel(u.path), u.path`}, g.weight desc, g.goal limit 200`.execute(
		db
	);
	return rows.map((row) => ({ ...row, source: goalSource(row.source) }));
}

export type PerformanceNeed = {
	id: string;
	personId: string;
	name: string;
	unit: string;
	year: number;
	kind: string;
	predicate: number | null;
	item: string | null;
	target: number | null;
	reached: number | null;
	/** Where it is written, as recorded by hand; null for what a file brought. */
	source: string | null;
	/** File that brought it, and its row. */
	file: string | null;
	row: number | null;
};

/** Most rows that a screen lists; the sum says how many people there are. */
const LISTED = 50;

/** Performance gaps of a unit and below, recorded and imported, worst first. For whoever may see these people. */
export async function performanceNeeds(db: Db, unit: Unit, year: number): Promise<PerformanceNeed[]> {
	const { rows } = await sql<PerformanceNeed>`
		with n as materialized (
			select g.*, u.name as unit from needs.performance_gap g
			join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
			where g.agency_id = (select platform.current_agency()) and u.path <@ ${unit.path}::ltree and g.year = ${year}
		)
		select n.id, n.person_id as "personId", p.name, n.unit, n.year, n.kind, n.predicate, n.item, n.target, n.reached, n.source,
			i.file_name as file, n.import_row as row
		from n
		join people.person p on p.agency_id = n.agency_id and p.id = n.person_id
		left join people.import i on i.agency_id = n.agency_id and i.id = n.import_id
		order by n.predicate desc nulls last, p.name, n.id limit ${LISTED}`.execute(db);
	return rows;
}

export type PerformanceSum = {
	year: number | null;
	/** People with a gap; of them, those whose gap a file brought. */
	people: number;
	imported: number;
	/** People of whom the year is known at all, with a gap or without. */
	rated: number;
	steps: number;
};

/**
 * Of the newest year up to `year` of which anything is known: people with a performance gap, and how many steps of the
 * predicate below "Baik" they lie in the mean (1 Butuh Perbaikan, 2 Kurang, 3 Sangat Kurang; an SKP item below its target
 * counts 1). A newer year in which everybody was "Baik" closes what an older one opened.
 */
export async function performanceSum(db: Db, unit: Unit, year: number): Promise<PerformanceSum> {
	const { rows } = await sql<PerformanceSum>`
		with here as materialized (
			select id from people.unit where agency_id = (select platform.current_agency()) and path <@ ${unit.path}::ltree
		), members as materialized (
			select j.person_id from people.posting j
			where j.agency_id = (select platform.current_agency()) and j.valid_to is null and j.unit_id in (select id from here)
		), rated as materialized (
			-- Read once from end to end: person by person it takes three times as long for a whole city.
			select r.person_id, max(r.year) as year from people.performance_rating r
			where r.agency_id = (select platform.current_agency()) and r.year <= ${year} group by r.person_id
		), mine as materialized (
			select r.person_id, r.year from rated r join members on members.person_id = r.person_id
		), newest as materialized (
			select greatest(
				(select max(n.year) from needs.performance_need n
					where n.agency_id = (select platform.current_agency()) and n.year <= ${year} and n.unit_id in (select id from here)),
				(select max(year) from mine)
			) as year
		), of_person as (
			select g.person_id, max(coalesce(g.predicate - 2, 1)) as steps, bool_and(g.import_id is not null) as imported
			from needs.performance_gap g
			join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
			where g.agency_id = (select platform.current_agency()) and g.year = (select year from newest) and u.path <@ ${unit.path}::ltree
			group by g.person_id
		), known as (
			select person_id from of_person
			union
			select person_id from mine where year = (select year from newest)
		)
		select (select year from newest) as year, count(*)::int as people, (count(*) filter (where imported))::int as imported,
			(select count(*)::int from known) as rated, coalesce(avg(steps), 0)::float8 as steps
		from of_person`.execute(db);
	return rows[0] ?? { year: null, people: 0, imported: 0, rated: 0, steps: 0 };
}
