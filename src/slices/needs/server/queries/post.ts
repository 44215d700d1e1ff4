import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { isPostLevel, POST_LEVELS } from '#kernel/posts.ts';
import type { Db } from '#platform/db/db.ts';
import { askedOfPost } from '#slices/competencies/public.server.ts';
import type { HeatCell, OwnSums } from '../../heat.ts';
import type { Campaign } from '../../model.ts';
import { samePost, type PostKey, type Spread } from '../../posts.ts';
import type { TeamColumn } from './answers.ts';
import { mapOf, type HeatMap, type HeatRow } from './heat-map.ts';
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
	/** Of those asked, in the kind of unit that the people and the rows of units are narrowed to. */
	within: number;
	/** Kinds of unit that its holders work in. */
	kinds: string[];
	kind: string | null;
	competencies: PostCompetency[];
	map: HeatMap;
	people: PostHolder[];
};

/**
 * One post in a unit and everything below it: what is asked of its holders, where their levels lie, what is missing, where
 * they sit, and who they are, these two in one kind of unit if asked. Groups stay hidden as on the heat map and in the list of posts. Refuses: missing, for a unit
 * that is not the actor's to read; who reads it answers for its people and may see them.
 */
export async function postSheet(
	db: Db,
	actor: Actor,
	campaign: Campaign,
	asked: { post: PostKey; unitId: string | null; kind?: string | null; size: number; offset: number },
	today: string
): Promise<PostSheet> {
	const { unit, lines, runId, kinds } = await postsOf(db, actor, campaign, asked.unitId);
	const line = lines.find((one) => samePost(one, asked.post));
	const post = line ? { title: line.title, level: line.level } : asked.post;
	const holders = await holdersOf(db, campaign, post);
	const inView = await below(db, unit);
	const here = holders.filter(({ unitId }) => inView.has(unitId));
	const held = [...kinds].filter(([, units]) => here.some(({ unitId }) => units.has(unitId)));
	const [kind, within] = held.find(([name]) => name === asked.kind) ?? [null, inView];
	const inKind = new Set(here.flatMap(({ personId, unitId }) => (within.has(unitId) ? [personId] : [])));
	const found = await foundOf(db, campaign.id, runId, holders, inView);
	const map = await mapOf(db, unit, {
		columns: await columnsNamed(db, found.sums),
		sums: found.sums,
		estimated: runId !== null,
		// Hidden in the list of posts, it protects another post there.
		alreadyHidden: line !== undefined && line.shown === null
	});
	return {
		unit,
		post,
		asked: line?.people ?? 0,
		holding: await holdingNow(db, unit, post),
		competencies: await competenciesOf(db, post, map, found.spreads, today),
		map: kind === null ? map : { ...map, rows: await rowsTo(db, map.rows, within) },
		within: kind === null ? (line?.people ?? 0) : inKind.size,
		kinds: held.map(([name]) => name).sort(),
		kind,
		people: await holdersNamed(
			db,
			found.people
				.filter(({ personId }) => kind === null || inKind.has(personId))
				.slice(asked.offset, asked.offset + asked.size)
		)
	};
}

/** The total, and units right below that lead to some of the given ones; their figures stay as they were shown or hidden. */
async function rowsTo(db: Db, rows: readonly HeatRow[], units: ReadonlySet<string>): Promise<HeatRow[]> {
	const { rows: lead } = await sql<{ id: string }>`
		select distinct a.id from people.unit u join people.unit a on a.agency_id = u.agency_id and a.path @> u.path
		where u.agency_id = (select platform.current_agency()) and u.id = any(${[...units]}::uuid[])
			and a.id = any(${rows.map(({ unitId }) => unitId)}::uuid[])`.execute(db);
	const leading = new Set(lead.map(({ id }) => id));
	return rows.filter((row) => row.kind === 'total' || (row.kind === 'below' && leading.has(row.unitId)));
}

/** Units of the one in view: nobody else's levels leave here. */
async function below(db: Db, unit: UnitInView): Promise<Set<string>> {
	const { rows } = await sql<{ id: string }>`
		select id from people.unit where agency_id = (select platform.current_agency()) and path <@ ${unit.path}::ltree`.execute(
		db
	);
	return new Set(rows.map(({ id }) => id));
}

/** One row a group; which one the columns say that are not null. */
type Group = {
	unitId: string | null;
	personId: string | null;
	competencyId: string | null;
	level: number | null;
	/** Everybody, and those in view. */
	people: number;
	inView: number;
	n: number;
	gap: number;
	shortfall: number;
	withGap: number;
	sure: number | null;
	sum: number;
	likely: number;
	least: number;
	most: number;
	of: 'unit' | 'level' | 'person';
};
type Person = { personId: string; measured: number; likely: number; shortfall: number | null };
type Found = { sums: OwnSums[]; spreads: Map<string, Group[]>; people: Person[] };

/**
 * What was found of the holders of a post, in one reading of their levels: sums of each unit for the map, of the whole
 * agency's, because its rule needs them; levels and people of the units in view alone, largest shortfall first.
 */
async function foundOf(
	db: Db,
	campaignId: string,
	runId: string | null,
	holders: readonly Holder[],
	inView: ReadonlySet<string>
): Promise<Found> {
	const { rows } = await sql<Group>`
		select unit_id as "unitId", person_id as "personId", competency_id as "competencyId", bin as level, count(*)::int as people,
			(count(*) filter (where here))::int as "inView", (count(*) filter (where measured))::int as n,
			coalesce(sum(gap) filter (where measured), 0)::float8 as gap,
			coalesce(sum(shortfall) filter (where measured), 0)::float8 as shortfall,
			coalesce(sum(p_gap) filter (where measured), 0)::float8 as "withGap", (sum(sure) filter (where measured))::float8 as sure,
			coalesce(sum(level) filter (where measured), 0)::float8 as sum, (count(*) filter (where measured and p_gap >= 0.5))::int as likely,
			min(required)::int as least, max(required)::int as most,
			case grouping(unit_id, person_id, competency_id) when 2 then 'unit' when 6 then 'level' else 'person' end as of
		from (
			select h.unit_id, h.person_id, h.here, l.*, case when l.measured then (round(l.level * 2) / 2)::float8 end as bin
			from unnest(${holders.map(({ personId }) => personId)}::uuid[], ${holders.map(({ unitId }) => unitId)}::uuid[],
				${holders.map(({ unitId }) => inView.has(unitId))}::boolean[]) as h (person_id, unit_id, here)
			join (select person_id as who, competency_id, required, level, gap, p_gap, shortfall, sure, measured
				from (${levelsOf(campaignId, runId)}) every) l on l.who = h.person_id
		) one
		group by grouping sets ((unit_id, competency_id), (competency_id, bin, here), (person_id, here))`.execute(db);
	const spreads = rows.filter((row) => row.of === 'level' && row.inView > 0);
	return {
		sums: rows.flatMap(({ unitId, competencyId, people, n, gap, shortfall, withGap, sure, of }) =>
			of !== 'unit' || unitId === null || competencyId === null
				? []
				: // A unit without anybody measured says nothing of certainty, and takes none from its neighbours.
					[
						{
							unitId,
							competencyId,
							people,
							n,
							gap,
							shortfall,
							withGap,
							sure: runId !== null && n === 0 ? 0 : sure
						}
					]
		),
		spreads: Map.groupBy(spreads, ({ competencyId }) => competencyId ?? ''),
		people: rows
			.flatMap(({ personId, inView: here, n, likely, shortfall, of }) =>
				of !== 'person' || personId === null || here === 0
					? []
					: [{ personId, measured: n, likely, shortfall: n === 0 ? null : shortfall / n }]
			)
			.sort((a, b) => (b.shortfall ?? -1) - (a.shortfall ?? -1) || (a.personId < b.personId ? -1 : 1))
	};
}

/** The competencies that the post was asked, in the dictionary's order. */
async function columnsNamed(db: Db, sums: readonly OwnSums[]): Promise<TeamColumn[]> {
	const { rows } = await sql<TeamColumn>`
		select id as "competencyId", code, name, name_en as "nameEn" from competencies.competency
		where agency_id = (select platform.current_agency())
			and id = any(${[...new Set(sums.map(({ competencyId }) => competencyId))]}::uuid[])
		order by sort, code`.execute(db);
	return rows;
}

async function competenciesOf(
	db: Db,
	post: PostKey,
	map: HeatMap,
	found: ReadonlyMap<string, Group[]>,
	today: string
): Promise<PostCompetency[]> {
	const kind = isPostLevel(post.level) ? POST_LEVELS[post.level].kind : 'general';
	const standard = await askedOfPost(db, today, { ...post, kind, unitId: null });
	const total = map.rows.find((row) => row.kind === 'total');
	return map.columns.map((column, at): PostCompetency => {
		const rows = found.get(column.competencyId) ?? [];
		const cell = total?.cells[at] ?? { state: 'empty' };
		const now = standard.find(({ competencyId }) => competencyId === column.competencyId);
		const spread = rows
			.flatMap(({ level, inView }) => (level === null ? [] : [{ level, people: inView }]))
			.sort((a, b) => a.level - b.level);
		const sum = rows.reduce((all, row) => all + row.sum, 0);
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

/** In the order given. */
async function holdersNamed(db: Db, people: readonly Person[]): Promise<PostHolder[]> {
	const { rows } = await sql<{ personId: string; name: string; unitName: string }>`
		select p.id as "personId", p.name, coalesce(u.name, '–') as "unitName"
		from people.person p
		left join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id and j.valid_to is null
		left join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
		where p.agency_id = (select platform.current_agency()) and p.id = any(${people.map(({ personId }) => personId)}::uuid[])`.execute(
		db
	);
	const named = new Map(rows.map((row) => [row.personId, row]));
	return people.map((one) => ({ name: '–', unitName: '–', ...named.get(one.personId), ...one }));
}
