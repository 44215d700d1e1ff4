import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { heatOf, hiddenParts, type HeatCell, type OwnSums } from '../heat.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import {
	needKind,
	needStatus,
	wantedForm,
	type NeedKind,
	type NeedStatus,
	type WantedForm
} from '../need-model.ts';
import { serviceBandsOn } from '../server/queries/need-rulesets.ts';
import {
	goalsOf,
	performanceSum,
	serviceResults,
	type Goal,
	type PerformanceSum,
	type ServiceResult
} from '../server/queries/need-sources.ts';
import { rankingOf, type RankedNeed } from '../server/queries/ranking.ts';
import { postRows, type PostRow } from '../server/queries/three-levels.ts';

export type ReportRow = { name: string; kind: 'total' | 'own' | 'below'; cells: HeatCell[] };
export type ReportUnit = { id: string; name: string; rows: ReportRow[] };
export type ReportNeed = {
	topic: string;
	kind: NeedKind;
	element: number | null;
	unit: string;
	people: number;
	form: WantedForm;
	quarter: number;
	score: number | null;
	status: NeedStatus;
	reason: string;
};

export type ReportData = {
	agency: { name: string; city: string };
	campaign: { id: string; name: string; year: number; opensOn: string; closesOn: string };
	/** The run that estimated the levels; null when they are the answers themselves. */
	run: { on: string; ratings: number } | null;
	asked: number;
	measured: number;
	columns: { id: string; code: string; name: string }[];
	/** The whole agency, then the offices right below it. */
	units: ReportUnit[];
	needs: ReportNeed[];
	ranking: RankedNeed[];
	rule: Awaited<ReturnType<typeof rankingOf>>['rule'];
	/** The organisation's level: what it wants, how citizens judge it, whose work falls short. */
	goals: Goal[];
	service: ServiceResult[];
	performance: PerformanceSum;
	/** The level of posts: asked against shown, by level of posts. */
	posts: PostRow[];
	idps: { agreed: number; all: number };
};

/**
 * Everything an AKPK report tells of a campaign. Groups under five are hidden for everybody, with as many neighbours as
 * it takes (heat.ts): a report is printed and passed on, so that who may read it is not who made it.
 */
export async function reportData(db: Db, campaignId: string, today: string): Promise<ReportData | null> {
	const head = await sql<{
		name: string;
		city: string;
		campaign: string;
		year: number;
		opensOn: string;
		closesOn: string;
		asked: number;
		measured: number;
		on: string | null;
		ratings: number | null;
		agreed: number;
		idps: number;
	}>`
		select a.name, a.city, c.name as campaign, c.year, c.opens_on as "opensOn", c.closes_on as "closesOn",
			(select count(*)::int from needs.target t where t.agency_id = c.agency_id and t.campaign_id = c.id) as asked,
			(select count(distinct s.person_id)::int from needs.standing(c.id) s where s.measured) as measured,
			(r.run_at at time zone a.time_zone)::date as "on", r.ratings,
			(select count(*)::int from needs.idp i where i.agency_id = c.agency_id and i.year = c.year and i.status = 'agreed') as agreed,
			(select count(*)::int from needs.idp i where i.agency_id = c.agency_id and i.year = c.year and i.status <> 'draft') as idps
		from needs.campaign c
		join platform.agency a on a.agency_id = c.agency_id
		left join lateral (select run_at, ratings from needs.estimate_run e where e.agency_id = c.agency_id and e.campaign_id = c.id
			order by e.run_at desc limit 1) r on true
		where c.agency_id = (select platform.current_agency()) and c.id = ${campaignId} and c.status <> 'draft'`.execute(
		db
	);
	const facts = head.rows[0];
	const root = await sql<{ id: string; path: string; name: string }>`
		select id, path::text, name from people.unit where agency_id = (select platform.current_agency()) and parent_id is null and valid_to is null
		order by path limit 1`.execute(db);
	const top = root.rows[0];
	if (facts === undefined || top === undefined) return null;
	const campaign = {
		id: campaignId,
		name: facts.campaign,
		year: facts.year,
		opensOn: facts.opensOn,
		closesOn: facts.closesOn
	};
	const { columns, units } = await mapOf(db, campaignId, top, facts.on !== null);
	const { rule, needs: ranking } = await rankingOf(db, { campaign, unit: top, today });
	return {
		agency: { name: facts.name, city: facts.city },
		campaign,
		run: facts.on === null || facts.ratings === null ? null : { on: facts.on, ratings: facts.ratings },
		asked: facts.asked,
		measured: facts.measured,
		columns,
		units,
		needs: await needsOf(db, facts.year),
		ranking,
		rule,
		goals: await goalsOf(db, top, facts.year, 'below'),
		performance: await performanceSum(db, top, facts.year),
		posts: protectedPosts(await postRows(db, top, campaignId)),
		service: await serviceResults(db, top, await serviceBandsOn(db, today), {
			latest: true,
			until: facts.year
		}),
		idps: { agreed: facts.agreed, all: facts.idps }
	};
}

/**
 * Levels of posts whose figures would give a small one away are hidden with it: the map shows the sum over all of them.
 * Whoever may open the unit's people needs none of this; a report is passed on.
 */
export function protectedPosts(rows: readonly PostRow[]): PostRow[] {
	const hidden = new Map(
		[...Map.groupBy(rows, ({ competencyId }) => competencyId)].map(([competencyId, levels]) => [
			competencyId,
			hiddenParts(
				new Map(levels.map(({ postLevel, people }) => [postLevel, people])),
				levels.reduce((all, { people }) => all + people, 0) < SMALLEST_GROUP,
				SMALLEST_GROUP
			)
		])
	);
	return rows.map((row) =>
		hidden.get(row.competencyId)?.has(row.postLevel) ? { ...row, likely: null, shortfall: null } : row
	);
}

/** Heat maps of the agency and of each office right below it, all from one reading of the campaign. */
async function mapOf(db: Db, campaignId: string, top: { id: string; name: string }, estimated: boolean) {
	const units = await db
		.selectFrom('people.unit')
		.select(['id', 'parent_id as parentId', 'name'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.orderBy('name')
		.execute();
	const { rows: sums } = await sql<OwnSums>`
		select s.unit_id as "unitId", s.competency_id as "competencyId", count(*)::int as people, (count(*) filter (where s.measured))::int as n,
			coalesce(sum(s.required - s.level) filter (where s.measured), 0)::float8 as gap,
			coalesce(sum(s.shortfall) filter (where s.measured), 0)::float8 as shortfall,
			(count(*) filter (where s.measured and s.p_gap >= 0.5))::int as "withGap",
			case when ${estimated} then coalesce(sum(greatest(s.p_gap, 1 - s.p_gap)) filter (where s.measured), 0)::float8 end as sure
		from needs.standing(${campaignId}) s group by s.unit_id, s.competency_id`.execute(db);
	const { rows: columns } = await sql<{ id: string; code: string; name: string }>`
		select c.id, c.code, c.name from competencies.competency c
		where c.agency_id = (select platform.current_agency()) and c.id = any(${[...new Set(sums.map((row) => row.competencyId))]}::uuid[])
		order by c.sort limit 40`.execute(db);
	const rowsOf = (unit: { id: string; name: string }): ReportRow[] => {
		const heat = new Map(
			heatOf(units, sums, unit.id, SMALLEST_GROUP).map((column) => [column.competencyId, column])
		);
		const cells = (
			pick: (column: NonNullable<ReturnType<typeof heat.get>>) => HeatCell | undefined
		): HeatCell[] =>
			columns.map(({ id }) => {
				const column = heat.get(id);
				return (column && pick(column)) ?? { state: 'empty' };
			});
		const below = units
			.filter((one) => one.parentId === unit.id)
			.map((one) => ({
				name: one.name,
				kind: 'below' as const,
				cells: cells((column) => column.below.get(one.id))
			}));
		return [
			{ name: unit.name, kind: 'total' as const, cells: cells((column) => column.total) },
			...(below.length > 0
				? [{ name: unit.name, kind: 'own' as const, cells: cells((column) => column.own) }]
				: []),
			...below
		].filter((row) => row.kind === 'total' || row.cells.some(({ state }) => state !== 'empty'));
	};
	const offices = units.filter(({ parentId }) => parentId === top.id);
	return {
		columns,
		units: [top, ...offices]
			.map((unit) => ({ id: unit.id, name: unit.name, rows: rowsOf(unit) }))
			.filter(({ rows }) => rows.some(({ cells }) => cells.some(({ state }) => state !== 'empty')))
	};
}

async function needsOf(db: Db, year: number): Promise<ReportNeed[]> {
	const { rows } = await sql<
		Omit<ReportNeed, 'kind' | 'form' | 'status'> & { kind: string; form: string; status: string }
	>`
		select n.topic, n.kind, n.element, u.name as unit, n.people, n.form, n.quarter, n.score::float8 as score, n.status, n.reason
		from needs.proposal n join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where n.agency_id = (select platform.current_agency()) and n.year = ${year} and n.merged_into is null and n.status <> 'draft'
		order by u.path, n.score desc nulls last, n.topic limit 2000`.execute(db);
	return rows.map((row) => ({
		...row,
		kind: needKind(row.kind),
		form: wantedForm(row.form),
		status: needStatus(row.status)
	}));
}
