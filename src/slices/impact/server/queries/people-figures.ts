import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canReadPerson } from '../../access.ts';
import { cadenceOf, directionOf, type Cadence, type Indicator } from '../../model.ts';
import { qualityOf, type QualityFinding } from '../../quality.ts';
import type { Correction, Series } from './indicators.ts';

/** SQL twin of `canReadPerson` over rows of people.staff named `s`: proven the same by a property test. */
export const visibleFigures = (actor: Actor): RawBuilder<SqlBool> =>
	sql<SqlBool>`(s.person_id = ${actor.personId}::uuid or (${inScope(actor, 'impact.readPeople', 's.unit_path')}
		and (not s.restricted or ${inScope(actor, 'people.correct', 's.unit_path')})))`;

export type PersonSeries = Series & { unit: string };

/** Series of the people whom the actor may see one by one, by name, from the latest `months` months. */
export async function peopleSeriesOf(
	db: Db,
	actor: Actor,
	indicatorId: string,
	{ size, offset, search, months = 60 }: { size: number; offset: number; search: string; months?: number }
): Promise<{ total: number; series: PersonSeries[] }> {
	const words = search.split(/\s+/).filter(Boolean).slice(0, 6);
	const conditions = words.map((word) => sql`position(lower(${word}::text) in s.name_folded) > 0`);
	const found = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
	const { rows } = await sql<PersonSeries & { total: number }>`
		with measured as (
			select s.person_id, s.name, s.unit_name, count(*) over ()::int as total
			from people.staff s
			where s.agency_id = (select platform.current_agency()) and ${found} and ${visibleFigures(actor)}
				and exists (select from impact.person_measurement m
					where m.agency_id = s.agency_id and m.indicator_id = ${indicatorId} and m.person_id = s.person_id)
			order by s.name, s.person_id limit ${size} offset ${offset}
		)
		select d.person_id as "unitId", d.name, d.unit_name as unit, d.total,
			jsonb_agg(jsonb_build_object('month', m.period, 'value', m.value) order by m.period) as points
		from measured d
		join impact.person_measurement m on m.agency_id = (select platform.current_agency()) and m.indicator_id = ${indicatorId} and m.person_id = d.person_id
			and m.period > (select max(y.period) from impact.person_measurement y
				where y.agency_id = (select platform.current_agency()) and y.indicator_id = ${indicatorId}) - make_interval(months => ${months}::int)
		group by d.person_id, d.name, d.unit_name, d.total
		order by d.name, d.person_id`.execute(db);
	return { total: rows[0]?.total ?? 0, series: rows.map(({ total: _, ...row }) => row) };
}

/** Newest corrections of people whom the actor may see one by one. */
export async function peopleCorrectionsOf(
	db: Db,
	actor: Actor,
	indicatorId: string,
	limit = 20
): Promise<Correction[]> {
	const { rows } = await sql<Correction>`
		select s.name as unit, c.person_id as "unitId", c.period, c.was, c.becomes, c.reason, c.changed_by_name as "changedBy",
			c.changed_at as "changedAt"
		from impact.person_measurement_change c
		join people.staff s on s.agency_id = c.agency_id and s.person_id = c.person_id
		where c.agency_id = (select platform.current_agency()) and c.indicator_id = ${indicatorId} and ${visibleFigures(actor)}
		order by c.changed_at desc, s.name, c.period limit ${limit}`.execute(db);
	return rows;
}

export type PersonFigures = Indicator & {
	source: string;
	cadence: Cadence;
	points: { month: CivilDate; value: number }[];
};

/** All figures of one person, by indicator. Refuses (as missing): somebody whose figures the actor may not see. */
export async function figuresOfPerson(
	db: Db,
	actor: Actor,
	personId: string
): Promise<{ name: string; figures: PersonFigures[]; quality: Map<string, QualityFinding[]> }> {
	const person = await sql<{ name: string; unitPath: string; restricted: boolean }>`
		select s.name, s.unit_path::text as "unitPath", s.restricted from people.staff s
		where s.agency_id = (select platform.current_agency()) and s.person_id = ${personId}`.execute(db);
	const [found] = person.rows;
	if (found === undefined || !canReadPerson(actor, { ...found, personId })) throw missing();
	const { rows } = await sql<
		Omit<PersonFigures, 'better' | 'cadence'> & {
			better: string;
			cadence: string;
			breaks: CivilDate[] | null;
		}
	>`
		select i.id, i.code, i.name, i.unit_of_measure as "unitOfMeasure", i.better, i.source, i.cadence,
			(select jsonb_agg(v.valid_from order by v.valid_from) from impact.indicator_version v
				where v.agency_id = i.agency_id and v.indicator_id = i.id and v.valid_from is not null) as breaks,
			jsonb_agg(jsonb_build_object('month', m.period, 'value', m.value) order by m.period) as points
		from impact.person_measurement m
		join impact.indicator i on i.agency_id = m.agency_id and i.id = m.indicator_id
		where m.agency_id = (select platform.current_agency()) and m.person_id = ${personId}
		group by i.agency_id, i.id order by i.name limit 100`.execute(db);
	const figures = rows.map(({ breaks: _, ...row }) => ({
		...row,
		better: directionOf(row.better),
		cadence: cadenceOf(row.cadence)
	}));
	return {
		name: found.name,
		figures,
		quality: new Map(
			rows.map((row) => [
				row.id,
				qualityOf({
					cadence: cadenceOf(row.cadence),
					breaks: row.breaks ?? [],
					series: [{ unitId: personId, points: row.points }]
				})
			])
		)
	};
}
