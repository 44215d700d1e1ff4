import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canRead } from '../../access.ts';
import {
	cadenceOf,
	directionOf,
	subjectOf,
	type Cadence,
	type Indicator,
	type Subject
} from '../../model.ts';
import { qualityOf, type QualityFinding } from '../../quality.ts';
import { peopleGroupsOf, type PeopleGroups } from './people-groups.ts';

export type MeasuredIndicator = Indicator & {
	subject: Subject;
	source: string;
	cadence: Cadence;
	lowest: number | null;
	highest: number | null;
	retiredOn: CivilDate | null;
	ownerUnit: string | null;
	owner: string | null;
	ownerNip: string | null;
	/** Units, or of an indicator of people those who stand in groups that the actor sees. */
	units: number;
	months: number;
	/** Newest month measured, and the mean of the units (or of these people) then; null before the first. */
	latest: CivilDate | null;
	mean: number | null;
};

type Row = Omit<MeasuredIndicator, 'better' | 'cadence' | 'subject'> & {
	better: string;
	cadence: string;
	subject: string;
};
const read = (row: Row): MeasuredIndicator => ({
	...row,
	better: directionOf(row.better),
	cadence: cadenceOf(row.cadence),
	subject: subjectOf(row.subject)
});

/** Of people nothing but what `peopleGroupsOf` tells: its newest total. */
const inGroups = (indicator: MeasuredIndicator, { latest }: PeopleGroups): MeasuredIndicator => ({
	...indicator,
	units: latest?.people ?? 0,
	latest: latest?.period ?? null,
	mean: latest?.mean ?? null
});

/** Indicators with what is measured of them in the units that the actor may read. Empty for whoever reads none. */
export async function indicatorsFor(
	db: Db,
	actor: Actor,
	indicatorId: string | null = null
): Promise<MeasuredIndicator[]> {
	const indicators: MeasuredIndicator[] = [];
	for (const indicator of await measuredIn(db, actor, indicatorId))
		indicators.push(
			indicator.subject === 'unit'
				? indicator
				: inGroups(indicator, await peopleGroupsOf(db, actor, indicator.id, 1))
		);
	return indicators;
}

/** One of them with its groups of people; null for one of units. Refuses: missing. */
export async function indicatorWithGroups(
	db: Db,
	actor: Actor,
	indicatorId: string
): Promise<{ indicator: MeasuredIndicator; groups: PeopleGroups | null }> {
	const [indicator] = await measuredIn(db, actor, indicatorId);
	if (indicator === undefined) throw missing();
	if (indicator.subject === 'unit') return { indicator, groups: null };
	const groups = await peopleGroupsOf(db, actor, indicator.id);
	return { indicator: inGroups(indicator, groups), groups };
}

/** Of people without what groups tell. */
async function measuredIn(db: Db, actor: Actor, indicatorId: string | null): Promise<MeasuredIndicator[]> {
	if (!canRead(actor)) return [];
	const { rows } = await sql<Row>`
		select i.id, i.code, i.name, i.unit_of_measure as "unitOfMeasure", i.better, i.subject, i.source, i.cadence,
			i.lowest, i.highest, i.retired_on as "retiredOn", w.name as "ownerUnit", p.name as owner, p.nip as "ownerNip",
			coalesce(t.units, 0)::int as units, coalesce(t.months, h.months, 0)::int as months, t.latest, t.mean
		from impact.indicator i
		left join people.unit w on w.agency_id = i.agency_id and w.id = i.owner_unit_id
		left join people.person p on p.agency_id = i.agency_id and p.id = i.owner_person_id
		left join lateral (
			select count(distinct m.unit_id) as units, count(distinct m.period) as months, max(m.period) as latest,
				(avg(m.value) filter (where m.period = (select max(y.period) from impact.measurement y
					where y.agency_id = i.agency_id and y.indicator_id = i.id)))::float8 as mean
			from impact.measurement m
			join people.unit u on u.agency_id = m.agency_id and u.id = m.unit_id
			where m.agency_id = i.agency_id and m.indicator_id = i.id and ${inScope(actor, 'impact.read', 'u.path')}
		) t on i.subject = 'unit'
		left join lateral (
			select count(distinct h.period) as months from impact.person_measurement h where h.agency_id = i.agency_id and h.indicator_id = i.id
		) h on i.subject = 'person'
		where i.agency_id = platform.current_agency() and (${indicatorId}::uuid is null or i.id = ${indicatorId}::uuid)
		order by i.retired_on is not null, i.name limit 200`.execute(db);
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
	{ size, offset, months = 60 }: { size: number; offset: number; months?: number }
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

export type IndicatorVersion = {
	version: number;
	validFrom: CivilDate | null;
	definition: string;
	reason: string;
	setBy: string;
	setAt: Date;
};

/** What the indicator was said to mean, newest first. For whoever may read the indicator. */
export async function versionsOf(db: Db, indicatorId: string): Promise<IndicatorVersion[]> {
	return db
		.selectFrom('impact.indicator_version')
		.select([
			'version',
			'valid_from as validFrom',
			'definition',
			'reason',
			'set_by_name as setBy',
			'set_at as setAt'
		])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('indicator_id', '=', indicatorId)
		.orderBy('version', 'desc')
		.execute();
}

export type Correction = {
	unit: string;
	unitId: string;
	period: CivilDate;
	was: number;
	becomes: number;
	reason: string;
	changedBy: string;
	changedAt: Date;
};

/** Newest corrections in the units that the actor may read. */
export async function correctionsOf(
	db: Db,
	actor: Actor,
	indicatorId: string,
	limit = 20
): Promise<Correction[]> {
	const { rows } = await sql<Correction>`
		select u.name as unit, c.unit_id as "unitId", c.period, c.was, c.becomes, c.reason, c.changed_by_name as "changedBy",
			c.changed_at as "changedAt"
		from impact.measurement_change c
		join people.unit u on u.agency_id = c.agency_id and u.id = c.unit_id
		where c.agency_id = platform.current_agency() and c.indicator_id = ${indicatorId} and ${inScope(actor, 'impact.read', 'u.path')}
		order by c.changed_at desc, u.name, c.period limit ${limit}`.execute(db);
	return rows;
}

/** What is odd about the series of all units or people, or of some: computed now. Asks nobody's permission. */
export async function qualityOfIndicator(
	db: Db,
	indicatorId: string,
	unitIds: readonly string[] | null = null,
	subject: Subject = 'unit'
): Promise<QualityFinding[]> {
	const values =
		subject === 'unit'
			? sql`select agency_id, indicator_id, unit_id, period, value from impact.measurement`
			: sql`select agency_id, indicator_id, person_id as unit_id, period, value from impact.person_measurement`;
	const { rows } = await sql<{
		cadence: string;
		breaks: CivilDate[] | null;
		unitId: string | null;
		points: Series['points'];
	}>`
		select i.cadence, m.unit_id as "unitId",
			(select jsonb_agg(v.valid_from order by v.valid_from) from impact.indicator_version v
				where v.agency_id = i.agency_id and v.indicator_id = i.id and v.valid_from is not null) as breaks,
			jsonb_agg(jsonb_build_object('month', m.period, 'value', m.value) order by m.period) as points
		from impact.indicator i
		left join (${values}) m on m.agency_id = i.agency_id and m.indicator_id = i.id
			and (${unitIds === null} or m.unit_id = any(${[...(unitIds ?? [])]}::uuid[]))
		where i.agency_id = platform.current_agency() and i.id = ${indicatorId}
		group by i.agency_id, i.id, m.unit_id order by m.unit_id limit 5000`.execute(db);
	const [first] = rows;
	if (first === undefined) return [];
	return qualityOf({
		cadence: cadenceOf(first.cadence),
		breaks: first.breaks ?? [],
		series: rows.flatMap(({ unitId, points }) => (unitId === null ? [] : [{ unitId, points }]))
	});
}

export type MeasuredUnit = {
	unitId: string;
	name: string;
	months: number;
	/** It is no more: a study whose months reach that day would leave it out. */
	endedOn: CivilDate | null;
};

/** Units with measurements of an indicator: those that a study can use; those that ended, last. */
export async function measuredUnits(db: Db, indicatorId: string): Promise<MeasuredUnit[]> {
	const { rows } = await sql<MeasuredUnit>`
		select m.unit_id as "unitId", u.name, count(*)::int as months, u.valid_to as "endedOn"
		from impact.measurement m
		join people.unit u on u.agency_id = m.agency_id and u.id = m.unit_id
		where m.agency_id = platform.current_agency() and m.indicator_id = ${indicatorId}
		group by m.unit_id, u.name, u.valid_to order by u.valid_to is not null, u.name, m.unit_id limit 2000`.execute(
		db
	);
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
