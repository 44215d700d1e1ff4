import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Campaign } from '../../model.ts';
import {
	kindsBelow,
	postLines,
	postsWithin,
	type PostKey,
	type PostLine,
	type PostSums
} from '../../posts.ts';
import { lastRunId } from './estimates.ts';
import { unitInView, type UnitInView } from './units.ts';

/**
 * Who was asked, where, and in which post: the level that the survey keeps, the title of its first day, or today's for
 * whoever came later.
 */
export const postsAsked = (campaign: Pick<Campaign, 'id' | 'opensOn'>) => sql`
	select t.person_id, t.unit_id, t.post_level, coalesce(began.title, held.title, '–') as title
	from needs.target t
	left join people.posting began on began.agency_id = (select platform.current_agency()) and began.person_id = t.person_id
		and began.valid_from <= ${campaign.opensOn}::date and (began.valid_to is null or began.valid_to > ${campaign.opensOn}::date)
	left join people.posting held on held.agency_id = (select platform.current_agency()) and held.person_id = t.person_id
		and held.valid_to is null
	where t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaign.id}`;

/** Levels of everybody in all that they were asked: estimates where a run made them, else answers. */
export const levelsOf = (campaignId: string, runId: string | null): RawBuilder<unknown> =>
	runId === null
		? sql`
	select person_id, competency_id, required, actual::real as level, gap::real as gap, (gap > 0)::int::real as p_gap,
		greatest(gap, 0)::real as shortfall, null::real as sure, actual is not null as measured
	from needs.gap where agency_id = (select platform.current_agency()) and campaign_id = ${campaignId}`
		: sql`
	select person_id, competency_id, required, level, required - level as gap, p_gap, shortfall, greatest(p_gap, 1 - p_gap) as sure,
		ratings > 0 as measured
	from needs.estimate where agency_id = (select platform.current_agency()) and run_id = ${runId}`;

/**
 * Posts of each unit's own people, added up. Each person before posts are: grouping a city's levels by title took five
 * times as long.
 */
export const postSums = (campaign: Pick<Campaign, 'id' | 'opensOn'>, runId: string | null) => sql`
	with post as materialized (${postsAsked(campaign)}), said as materialized (
		select person_id, count(*) as levels, sum(shortfall) as shortfall, sum(p_gap) as likely, sum(sure) as sure
		from (${levelsOf(campaign.id, runId)}) l where l.measured group by person_id
	)
	select p.unit_id, p.post_level, min(p.title) as post_title, count(*)::int as people, count(s.person_id)::int as measured,
		coalesce(sum(s.levels), 0)::int as levels, coalesce(sum(s.shortfall), 0)::float8 as shortfall,
		coalesce(sum(s.likely), 0)::float8 as likely, sum(s.sure)::float8 as sure
	from post p left join said s on s.person_id = p.person_id
	group by p.unit_id, p.post_level, lower(p.title)`;

/**
 * Posts of a unit and everything below it with what is missing to their holders. Whoever opens it answers for these very
 * people; figures hide as on the heat map, which needs the whole agency's sums. Refuses: missing, for a unit that is not
 * the actor's to read. With a `kind` of unit that is there, only posts held in such units; an unknown one asks for nothing.
 */
export async function postsOf(
	db: Db,
	actor: Actor,
	campaign: Campaign,
	unitId: string | null,
	kind: string | null = null
): Promise<{
	unit: UnitInView;
	lines: PostLine[];
	runId: string | null;
	/** Kinds of unit below the one in view, and which units lie in them. */
	kinds: ReadonlyMap<string, ReadonlySet<string>>;
}> {
	const unit = await unitInView(db, actor, unitId);
	const runId = await lastRunId(db, campaign.id);
	const units = await db
		.selectFrom('people.unit')
		.select(['id', 'parent_id as parentId', 'kind'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.execute();
	const sums = await sumsIn(db, campaign, runId);
	const lines = postLines(sums, units, unit.id, SMALLEST_GROUP);
	const kinds = kindsBelow(units, unit.id);
	const within = kind === null ? undefined : kinds.get(kind);
	return { unit, runId, kinds, lines: within === undefined ? lines : postsWithin(lines, sums, within) };
}

/** As the run kept them; counted from the answers while there is none. */
async function sumsIn(db: Db, campaign: Campaign, runId: string | null): Promise<PostSums[]> {
	const from =
		runId === null
			? postSums(campaign, null)
			: sql`select * from needs.estimate_post where agency_id = (select platform.current_agency()) and run_id = ${runId}`;
	const { rows } = await sql<PostSums>`
		select s.unit_id as "unitId", s.post_title as title, s.post_level as level, s.people, s.measured, s.levels, s.shortfall,
			s.likely, s.sure
		from (${from}) s`.execute(db);
	return rows;
}

export type Holder = { personId: string; unitId: string };

/** Everybody in the agency who was asked in a post, for sums and lists; asks nobody's permission. */
export async function holdersOf(db: Db, campaign: Campaign, post: PostKey): Promise<Holder[]> {
	const { rows } = await sql<Holder>`
		select p.person_id as "personId", p.unit_id as "unitId" from (${postsAsked(campaign)}) p
		where p.post_level = ${post.level} and lower(p.title) = lower(${post.title})`.execute(db);
	return rows;
}
