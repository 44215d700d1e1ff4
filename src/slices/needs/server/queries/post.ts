import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { isPostLevel, POST_LEVELS } from '#kernel/posts.ts';
import type { Db } from '#platform/db/db.ts';
import { askedOfPost } from '#slices/competencies/public.server.ts';
import type { HeatCell, OwnSums } from '../../heat.ts';
import type { Campaign } from '../../model.ts';
import { samePost, type PostKey, type Spread } from '../../posts.ts';
import { columnsOf, type TeamColumn } from './answers.ts';
import { mapOf, type HeatMap } from './heat-map.ts';
import { holdersOf, levelsOf, postsOf, type Holder } from './posts.ts';
import type { UnitInView } from './units.ts';

export type PostCompetency = TeamColumn & {
	/** Level asked by the survey, least and most: kinds of unit may ask differently. Null where it was not asked. */
	required: { least: number; most: number } | null;
	/** What the standard asks today, with the rule that says so. */
	today: { level: number; ruleId: string } | null;
	cell: HeatCell;
	/** Empty where the cell is not shown. */
	spread: Spread;
	mean: number | null;
};

export type PostHolder = {
	personId: string;
	name: string;
	unitName: string;
	measured: number;
	/** Competencies in which a gap is more likely than not. */
	likely: number;
	/** Mean levels missing; null while nothing was measured. */
	shortfall: number | null;
};

export type PostSheet = {
	unit: UnitInView;
	/** As most write it. */
	post: PostKey;
	/** Asked in the survey, and holding it today. */
	asked: number;
	holding: number;
	competencies: PostCompetency[];
	map: HeatMap;
	people: PostHolder[];
};

/**
 * One post in a unit and everything below it: what is asked of its holders, where their levels lie, what is missing, where
 * they sit, and who they are. Groups stay hidden as on the heat map and in the list of posts. Refuses: missing, for a unit
 * that is not the actor's to read; who reads it answers for its people and may see them.
 */
export async function postSheet(
	db: Db,
	actor: Actor,
	campaign: Campaign,
	asked: { post: PostKey; unitId: string | null; size: number; offset: number },
	today: string
): Promise<PostSheet> {
	const { unit, lines, runId } = await postsOf(db, actor, campaign, asked.unitId);
	const line = lines.find((one) => samePost(one, asked.post));
	const post = line ? { title: line.title, level: line.level } : asked.post;
	const holders = await holdersOf(db, campaign, post);
	const map = await mapOf(db, unit, {
		columns: await columnsOf(db, campaign.id),
		sums: await sumsOf(db, campaign.id, runId, holders),
		estimated: runId !== null,
		// Hidden in the list of posts, it protects another post there.
		alreadyHidden: line !== undefined && line.shown === null
	});
	const inView = await below(db, unit, holders);
	return {
		unit,
		post,
		asked: line?.people ?? 0,
		holding: await holdingNow(db, unit, post),
		competencies: await competenciesOf(db, post, map, await spreads(db, campaign.id, runId, inView), today),
		map,
		people: await holdersNamed(db, campaign.id, runId, inView, asked)
	};
}

const idsOf = (holders: readonly Holder[]) => holders.map(({ personId }) => personId);

/** Those of them who sit in the unit or below it: nobody else's levels leave here. */
async function below(db: Db, unit: UnitInView, holders: readonly Holder[]): Promise<Holder[]> {
	const { rows } = await sql<{ id: string }>`
		select id from people.unit where agency_id = (select platform.current_agency()) and path <@ ${unit.path}::ltree`.execute(
		db
	);
	const units = new Set(rows.map(({ id }) => id));
	return holders.filter(({ unitId }) => units.has(unitId));
}

async function sumsOf(
	db: Db,
	campaignId: string,
	runId: string | null,
	holders: readonly Holder[]
): Promise<OwnSums[]> {
	const { rows } = await sql<OwnSums>`
		select h.unit_id as "unitId", l.competency_id as "competencyId", count(*)::int as people,
			(count(*) filter (where l.measured))::int as n, coalesce(sum(l.gap) filter (where l.measured), 0)::float8 as gap,
			coalesce(sum(l.shortfall) filter (where l.measured), 0)::float8 as shortfall,
			coalesce(sum(l.p_gap) filter (where l.measured), 0)::float8 as "withGap",
			(sum(l.sure) filter (where l.measured))::float8 as sure
		from unnest(${idsOf(holders)}::uuid[], ${holders.map(({ unitId }) => unitId)}::uuid[]) as h (person_id, unit_id)
		join (${levelsOf(campaignId, runId)}) l on l.person_id = h.person_id
		group by h.unit_id, l.competency_id`.execute(db);
	// A unit without anybody measured says nothing of certainty, and takes none from its neighbours.
	return rows.map((row) => ({ ...row, sure: runId !== null && row.n === 0 ? 0 : row.sure }));
}

type SpreadRow = {
	competencyId: string;
	level: number | null;
	people: number;
	sum: number | null;
	least: number;
	most: number;
};

async function spreads(
	db: Db,
	campaignId: string,
	runId: string | null,
	holders: readonly Holder[]
): Promise<Map<string, SpreadRow[]>> {
	const { rows } = await sql<SpreadRow>`
		select l.competency_id as "competencyId", case when l.measured then (round(l.level * 2) / 2)::float8 end as level,
			count(*)::int as people, sum(l.level) filter (where l.measured)::float8 as sum,
			min(l.required)::int as least, max(l.required)::int as most
		from unnest(${idsOf(holders)}::uuid[]) as h (person_id)
		join (${levelsOf(campaignId, runId)}) l on l.person_id = h.person_id
		group by 1, 2 order by 1, 2`.execute(db);
	return Map.groupBy(rows, ({ competencyId }) => competencyId);
}

async function competenciesOf(
	db: Db,
	post: PostKey,
	map: HeatMap,
	found: ReadonlyMap<string, SpreadRow[]>,
	today: string
): Promise<PostCompetency[]> {
	const kind = isPostLevel(post.level) ? POST_LEVELS[post.level].kind : 'general';
	const standard = await askedOfPost(db, today, { ...post, kind, unitId: null });
	const total = map.rows.find((row) => row.kind === 'total');
	return map.columns.map((column, at): PostCompetency => {
		const rows = found.get(column.competencyId) ?? [];
		const cell = total?.cells[at] ?? { state: 'empty' };
		const now = standard.find(({ competencyId }) => competencyId === column.competencyId);
		const spread = rows.flatMap(({ level, people }) => (level === null ? [] : [{ level, people }]));
		const sum = rows.reduce((all, row) => all + (row.sum ?? 0), 0);
		return {
			...column,
			required:
				rows.length === 0
					? null
					: {
							least: Math.min(...rows.map(({ least }) => least)),
							most: Math.max(...rows.map(({ most }) => most))
						},
			today: now === undefined ? null : { level: now.level, ruleId: now.rule.id },
			cell,
			spread: cell.state === 'shown' ? spread : [],
			mean: cell.state === 'shown' ? sum / cell.n : null
		};
	});
}

async function holdingNow(db: Db, unit: UnitInView, post: PostKey): Promise<number> {
	const { rows } = await sql<{ people: number }>`
		select count(*)::int as people from people.staff
		where agency_id = (select platform.current_agency()) and post_level = ${post.level} and lower(post_title) = lower(${post.title})
			and unit_path <@ ${unit.path}::ltree`.execute(db);
	return rows[0]?.people ?? 0;
}

async function holdersNamed(
	db: Db,
	campaignId: string,
	runId: string | null,
	holders: readonly Holder[],
	{ size, offset }: { size: number; offset: number }
): Promise<PostHolder[]> {
	const { rows } = await sql<PostHolder>`
		with said as materialized (
			select h.person_id, h.unit_id, (count(*) filter (where l.measured))::int as measured,
				(count(*) filter (where l.measured and l.p_gap >= 0.5))::int as likely,
				(avg(l.shortfall) filter (where l.measured))::float8 as shortfall
			from unnest(${idsOf(holders)}::uuid[], ${holders.map(({ unitId }) => unitId)}::uuid[]) as h (person_id, unit_id)
			left join (${levelsOf(campaignId, runId)}) l on l.person_id = h.person_id
			group by h.person_id, h.unit_id
		)
		select s.person_id as "personId", p.name, u.name as "unitName", s.measured, s.likely, s.shortfall
		from said s
		join people.person p on p.agency_id = (select platform.current_agency()) and p.id = s.person_id
		join people.unit u on u.agency_id = (select platform.current_agency()) and u.id = s.unit_id
		order by s.shortfall desc nulls last, p.name, s.person_id limit ${size} offset ${offset}`.execute(db);
	return rows;
}
