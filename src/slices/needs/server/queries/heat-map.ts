import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { sharedFor } from '#kernel/shared-for.ts';
import type { Db } from '#platform/db/db.ts';
import { heatOf, type HeatCell, type OwnSums } from '../../heat.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Campaign } from '../../model.ts';
import { columnsAmong, type TeamColumn } from './answers.ts';
import { estimatedSums, lastRunId } from './estimates.ts';
import { unitInView, type UnitInView } from './units.ts';

export type HeatRow = {
	unitId: string;
	name: string;
	/** `total`: the unit with everything below it; `own`: its own people; `below`: a unit right below, with everything under it. */
	kind: 'total' | 'own' | 'below';
	/** Can be opened into units below it. */
	opens: boolean;
	/** In the order of `columns`. */
	cells: HeatCell[];
};

export type HeatMap = {
	unit: UnitInView;
	columns: TeamColumn[];
	rows: HeatRow[];
	/** Levels are estimates and tell how sure they are; else single answers. */
	estimated: boolean;
};

/**
 * Gaps of a unit's people by unit and competency: estimates where the campaign has a run, else its answers. Small groups stay hidden by the rule of `heatOf`, which needs the
 * whole agency's sums (about 1,000 units × 9) whatever the viewer may see; only rows of the unit in view leave here.
 * Refuses: missing, for a unit that is not the actor's to read.
 */
export async function heatMap(
	db: Db,
	actor: Actor,
	campaign: Campaign,
	unitId: string | null,
	sumsOf = ownSums
): Promise<HeatMap> {
	const unit = await unitInView(db, actor, unitId);
	const runId = await lastRunId(db, campaign.id);
	const sums = runId === null ? await sumsOf(db, campaign.id) : await estimatedSums(db, runId);
	const columns = await columnsAmong(db, [...new Set(sums.map(({ competencyId }) => competencyId))]);
	return mapOf(db, unit, { columns, sums, estimated: runId !== null });
}

type Arranged = { columns: TeamColumn[]; sums: OwnSums[]; estimated: boolean; alreadyHidden?: boolean };

/** Sums of the agency's units as the map of one of them. Asks no permission: whoever calls found the unit in view. */
export async function mapOf(
	db: Db,
	unit: UnitInView,
	{ columns, sums, estimated, alreadyHidden = false }: Arranged
): Promise<HeatMap> {
	const units = await db
		.selectFrom('people.unit')
		.select(['id', 'parent_id as parentId', 'name'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.orderBy('name')
		.execute();
	const heat = new Map(
		heatOf(units, sums, unit.id, SMALLEST_GROUP, alreadyHidden).map((column) => [column.competencyId, column])
	);
	const parents = new Set(units.map((one) => one.parentId));
	const cells = (pick: (column: NonNullable<ReturnType<typeof heat.get>>) => HeatCell | undefined) =>
		columns.map(({ competencyId }) => {
			const column = heat.get(competencyId);
			return (column && pick(column)) ?? { state: 'empty' as const };
		});
	const below = units
		.filter((one) => one.parentId === unit.id)
		.map(({ id, name }) => ({
			unitId: id,
			name,
			kind: 'below' as const,
			opens: parents.has(id),
			cells: cells((column) => column.below.get(id))
		}));
	const own = { unitId: unit.id, name: unit.name, opens: false };
	return {
		unit,
		columns,
		estimated,
		rows: [
			{ ...own, kind: 'total' as const, cells: cells((column) => column.total) },
			{ ...own, kind: 'own' as const, cells: cells((column) => column.own) },
			...below
		]
			// A unit without units below it is its own people: one row says it.
			.filter((row) => row.kind !== 'own' || below.length > 0)
			.filter((row) => row.kind === 'total' || row.cells.some((cell) => cell.state !== 'empty'))
	};
}

/**
 * The map a reader begins with: of the newest survey that shows something of this unit, so that a survey opened this
 * morning does not hide last year's results; next the newest with anything measured, then the newest. Null before the
 * first survey. `campaigns` newest first. Refuses: as `heatMap`.
 */
export async function newestHeatMap(
	db: Db,
	actor: Actor,
	campaigns: readonly Campaign[],
	unitId: string | null,
	sumsOf = ownSums
): Promise<{ campaign: Campaign; map: HeatMap } | null> {
	let best: { campaign: Campaign; map: HeatMap; filled: number } | null = null;
	for (const campaign of campaigns) {
		const map = await heatMap(db, actor, campaign, unitId, sumsOf);
		const filled = filling(map);
		if (best === null || filled > best.filled) best = { campaign, map, filled };
		if (filled === SHOWN) break;
	}
	return best && { campaign: best.campaign, map: best.map };
}

const SHOWN = 2;
/** 0: nothing measured; 1: measured, but of too few people to show; 2: something is shown. */
const filling = ({ rows }: HeatMap): number =>
	Math.max(
		0,
		...rows.flatMap((row) =>
			row.cells.map(({ state }) => (state === 'shown' ? SHOWN : state === 'hidden' ? 1 : 0))
		)
	);

/** Sums of each unit's own people per competency, one index scan over the campaign. */
async function ownSums(db: Db, campaignId: string): Promise<OwnSums[]> {
	const { rows } = await sql<OwnSums>`
		select g.unit_id as "unitId", g.competency_id as "competencyId", count(*)::int as people, count(g.gap)::int as n,
			coalesce(sum(g.gap), 0)::int as gap, coalesce(sum(greatest(g.gap, 0)), 0)::int as shortfall,
			(count(*) filter (where g.gap > 0))::int as "withGap", null as sure
		from needs.gap g
		where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${campaignId}
		group by g.unit_id, g.competency_id`.execute(db);
	return rows;
}

const recent = sharedFor<OwnSums[]>(3000);
/**
 * The same, up to three seconds old: reading 133,850 gaps takes 70 ms, and the map of a survey that is under way is what
 * many look at at once.
 */
export const recentSums = (db: Db, campaignId: string): Promise<OwnSums[]> =>
	recent(campaignId, () => ownSums(db, campaignId));

export type PersonWithGap = {
	personId: string;
	name: string;
	unitName: string;
	postTitle: string | null;
	required: number;
	self: number | null;
	supervisor: number | null;
	assessment: number | null;
	gap: number | null;
	/** That half a level or more is missing; null before the first run. */
	probability: number | null;
};

/**
 * The people behind a cell: everybody of the unit and below, largest gap first, or only those below the standard (more
 * probably than not, where there are estimates).
 * For whoever may read the unit, who is answerable for these very people. Refuses: missing otherwise.
 */
export async function peopleBehind(
	db: Db,
	actor: Actor,
	asked: {
		campaignId: string;
		unitId: string;
		competencyId: string;
		onlyGaps: boolean;
		/** Only these: who holds a post. Absent for everybody. */
		among?: readonly string[] | null;
		size: number;
		offset: number;
	}
): Promise<{ unit: UnitInView; total: number; people: PersonWithGap[] }> {
	const unit = await unitInView(db, actor, asked.unitId);
	const runId = await lastRunId(db, asked.campaignId);
	const { rows } = await sql<PersonWithGap & { total: number }>`
		select g.person_id as "personId", p.name, u.name as "unitName", j.title as "postTitle", g.required,
			g.self_level as self, g.supervisor_level as supervisor, g.assessment_level as assessment, g.gap, e.p_gap as probability,
			count(*) over ()::int as total
		from needs.gap g
		join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
		join people.person p on p.agency_id = g.agency_id and p.id = g.person_id
		left join people.posting j on j.agency_id = g.agency_id and j.person_id = g.person_id and j.valid_to is null
		left join needs.estimate e on e.agency_id = g.agency_id and e.run_id = ${runId}
			and e.person_id = g.person_id and e.competency_id = g.competency_id and e.ratings > 0
		where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${asked.campaignId}
			and g.competency_id = ${asked.competencyId} and u.path <@ ${unit.path}::ltree
			and (${asked.among ?? null}::uuid[] is null or g.person_id = any(${asked.among ?? null}::uuid[]))
			and (not ${asked.onlyGaps} or coalesce(e.p_gap >= 0.5, g.gap > 0))
		order by coalesce(e.shortfall, g.gap::real) desc nulls last, p.name, g.person_id
		limit ${asked.size} offset ${asked.offset}`.execute(db);
	return { unit, total: rows[0]?.total ?? 0, people: rows.map(({ total: _, ...person }) => person) };
}
