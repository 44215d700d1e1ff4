import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canRead } from '../../access.ts';
import { directionOf, type Indicator } from '../../model.ts';

export type MeasuredIndicator = Indicator & {
	source: string;
	units: number;
	months: number;
	/** Newest month measured, and the mean of the units then; null before the first. */
	latest: CivilDate | null;
	mean: number | null;
};

type Row = Omit<MeasuredIndicator, 'better'> & { better: string };
const read = (row: Row): MeasuredIndicator => ({ ...row, better: directionOf(row.better) });

/** Indicators with what is measured of them in the units that the actor may read. Empty for whoever reads none. */
export async function indicatorsFor(
	db: Db,
	actor: Actor,
	indicatorId: string | null = null
): Promise<MeasuredIndicator[]> {
	if (!canRead(actor)) return [];
	const { rows } = await sql<Row>`
		select i.id, i.code, i.name, i.unit_of_measure as "unitOfMeasure", i.better, i.source,
			coalesce(t.units, 0)::int as units, coalesce(t.months, 0)::int as months, t.latest, t.mean
		from impact.indicator i
		left join lateral (
			select count(distinct m.unit_id) as units, count(distinct m.period) as months, max(m.period) as latest,
				(avg(m.value) filter (where m.period = (select max(y.period) from impact.measurement y
					where y.agency_id = i.agency_id and y.indicator_id = i.id)))::float8 as mean
			from impact.measurement m
			join people.unit u on u.agency_id = m.agency_id and u.id = m.unit_id
			where m.agency_id = i.agency_id and m.indicator_id = i.id and ${inScope(actor, 'impact.read', 'u.path')}
		) t on true
		where i.agency_id = platform.current_agency() and (${indicatorId}::uuid is null or i.id = ${indicatorId}::uuid)
		order by i.name limit 200`.execute(db);
	return rows.map(read);
}

/** Refuses: missing. */
export async function indicatorById(db: Db, actor: Actor, indicatorId: string): Promise<MeasuredIndicator> {
	const [indicator] = await indicatorsFor(db, actor, indicatorId);
	if (indicator === undefined) throw missing();
	return indicator;
}

export type Series = { unitId: string; name: string; points: { month: CivilDate; value: number }[] };

/** Series of the units that the actor may read, by name, from the latest `months` months. */
export async function seriesOf(
	db: Db,
	actor: Actor,
	indicatorId: string,
	{ size, offset, months = 36 }: { size: number; offset: number; months?: number }
): Promise<{ total: number; series: Series[] }> {
	const { rows } = await sql<Series & { total: number }>`
		with measured as (
			select m.unit_id, u.name, count(*) over ()::int as total
			from impact.measurement m
			join people.unit u on u.agency_id = m.agency_id and u.id = m.unit_id
			where m.agency_id = platform.current_agency() and m.indicator_id = ${indicatorId} and ${inScope(actor, 'impact.read', 'u.path')}
			group by m.unit_id, u.name
			order by u.name, m.unit_id limit ${size} offset ${offset}
		)
		select d.unit_id as "unitId", d.name, d.total,
			jsonb_agg(jsonb_build_object('month', m.period, 'value', m.value) order by m.period) as points
		from measured d
		join impact.measurement m on m.agency_id = platform.current_agency() and m.indicator_id = ${indicatorId} and m.unit_id = d.unit_id
			and m.period > (select max(y.period) from impact.measurement y
				where y.agency_id = platform.current_agency() and y.indicator_id = ${indicatorId}) - make_interval(months => ${months}::int)
		group by d.unit_id, d.name, d.total
		order by d.name, d.unit_id`.execute(db);
	return { total: rows[0]?.total ?? 0, series: rows.map(({ total: _, ...row }) => row) };
}

export type MeasuredUnit = { unitId: string; name: string; months: number };

/** Units with measurements of an indicator: those that a study can use. */
export async function measuredUnits(db: Db, indicatorId: string): Promise<MeasuredUnit[]> {
	const { rows } = await sql<MeasuredUnit>`
		select m.unit_id as "unitId", u.name, count(*)::int as months
		from impact.measurement m
		join people.unit u on u.agency_id = m.agency_id and u.id = m.unit_id
		where m.agency_id = platform.current_agency() and m.indicator_id = ${indicatorId}
		group by m.unit_id, u.name order by u.name, m.unit_id limit 2000`.execute(db);
	return rows;
}

/** Programs and the lines of decreed plans that a study may be about. */
export async function studyChoices(db: Db) {
	const programs = await sql<{ id: string; name: string }>`
		select id, code || ' ' || name as name from programs.program where agency_id = platform.current_agency() order by name limit 500`.execute(
		db
	);
	const lines = await sql<{ id: string; name: string; plan: string }>`
		select l.id, g.name || ' · ' || coalesce(u.name, p.title) as name, p.title as plan
		from plans.line l
		join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id and p.status = 'decreed'
		join programs.program g on g.agency_id = l.agency_id and g.id = l.program_id
		left join people.unit u on u.agency_id = l.agency_id and u.id = l.unit_id
		where l.agency_id = platform.current_agency() order by p.year desc, l.sort limit 500`.execute(db);
	return { programs: programs.rows, lines: lines.rows };
}
