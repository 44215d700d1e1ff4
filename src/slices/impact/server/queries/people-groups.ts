import { sql } from 'kysely';
import { mayEverywhere, type Actor } from '#kernel/actor.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';

/** Quarters are told of groups in which each quarter is a group of its own. */
const QUARTERS_FROM = 4 * SMALLEST_GROUP;

export type PeopleGroup = {
	period: CivilDate;
	/** Null: the rest, units too small to stand alone put together. */
	unitId: string | null;
	name: string | null;
	people: number;
	mean: number;
	/** A quarter of the people lies below the first, a quarter above the last; null in small groups. */
	quarters: { lower: number; median: number; upper: number } | null;
};
export type PeopleGroups = {
	/** Everybody whom the actor sees in groups, newest period first. */
	totals: Omit<PeopleGroup, 'name' | 'unitId'>[];
	/** Groups of the newest period, by name, the rest last. */
	groups: PeopleGroup[];
	/** Everybody in the newest period measured; null where that cannot be told. */
	latest: Omit<PeopleGroup, 'name' | 'unitId'> | null;
};

type Row = Omit<PeopleGroup, 'quarters'> & {
	whole: boolean;
	newest: boolean;
	lower: number | null;
	median: number | null;
	upper: number | null;
};

const TOLD = sql`count(*)::int as people, avg(value) as mean,
	case when count(*) >= ${QUARTERS_FROM} then percentile_cont(array[0.25, 0.5, 0.75]) within group (order by value) end as quarter`;
const TELLING = sql`count(*) >= ${SMALLEST_GROUP} and min(value) < max(value)`;

/**
 * Figures of people as groups, for whoever reads indicators. In each period the people are parted once and for everybody
 * the same: by the uppermost unit below the agency they stood in. A part of under five people, or in which all have the
 * same figure, goes to the rest; where the rest itself is such, the smallest of the other parts goes there too. So nothing
 * that can be asked is about fewer than five, and neither is any difference of what can be asked, whatever the scope: there
 * is no other parting, no filter, and a total is a sum of whole parts. The rest belongs to no unit: only who reads the
 * whole agency sees it.
 */
export async function peopleGroupsOf(
	db: Db,
	actor: Actor,
	indicatorId: string,
	periods = 24
): Promise<PeopleGroups> {
	const { rows } = await sql<Row>`
		with recent as (
			${periods === 1 ? sql`select max(period) as period` : sql`select distinct period`} from impact.person_measurement
			where agency_id = (select platform.current_agency()) and indicator_id = ${indicatorId}
			order by period desc limit ${periods}
		), top as materialized (
			select u.id, t.path, dense_rank() over (order by t.path)::int as place
			from people.unit u
			cross join lateral (select case when nlevel(u.path) > 1 then subpath(u.path, 0, 2) else u.path end as path) t
			where u.agency_id = (select platform.current_agency())
		), figure as materialized (
			select m.period, t.place as top, m.value::float8 as value
			from impact.person_measurement m
			join top t on t.id = m.unit_id
			where m.agency_id = (select platform.current_agency()) and m.indicator_id = ${indicatorId}
				and m.period >= (select min(period) from recent)
		), part as (
			select f.*, t.path, f.people >= ${SMALLEST_GROUP} and f.least < f.most as alone
			from (
				select period, top, count(*) as people, min(value) as least, max(value) as most from figure group by period, top
			) f
			join (select distinct place, path from top) t on t.place = f.top
		), placed as (
			select period, top, path, alone, row_number() over (partition by period, alone order by people, path) as place,
				sum(people) filter (where not alone) over (partition by period) as rest,
				min(least) filter (where not alone) over (partition by period) < max(most) filter (where not alone) over (partition by period) as varied
			from part
		), parted as (
			select period, top,
				case when alone and not (place = 1 and rest > 0 and not (rest >= ${SMALLEST_GROUP} and coalesce(varied, false))) then path end as own
			from placed
		), seen as (
			select f.period, p.own, f.value from figure f join (
				select * from parted p
				where case when p.own is null then ${mayEverywhere(actor, 'impact.read')}::boolean else ${inScope(actor, 'impact.read', 'p.own')} end
			) p on p.period = f.period and p.top = f.top
		)
		select g.period, g.whole, u.id as "unitId", u.name, g.people, g.mean, g.quarter[1] as lower, g.quarter[2] as median, g.quarter[3] as upper,
			g.period = (select max(period) from recent) as newest
		from (
			select period, null::ltree as own, true as whole, ${TOLD} from seen group by period having ${TELLING}
			union all
			select period, own, false, ${TOLD} from seen where period = (select max(period) from recent) group by period, own having ${TELLING}
		) g
		left join people.unit u on u.agency_id = (select platform.current_agency()) and u.path = g.own
		order by g.period desc, u.name nulls last`.execute(db);
	const told = rows.map(({ lower, median, upper, ...row }) => ({
		...row,
		quarters: lower === null || median === null || upper === null ? null : { lower, median, upper }
	}));
	const totals = told
		.filter(({ whole }) => whole)
		.map(({ period, people, mean, quarters }) => ({ period, people, mean, quarters }));
	return {
		totals,
		groups: told.filter(({ whole }) => !whole).map(({ whole: _, newest: __, ...group }) => group),
		latest: told.some(({ whole, newest }) => whole && newest) ? (totals[0] ?? null) : null
	};
}
