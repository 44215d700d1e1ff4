import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { serviceBandsOn } from './need-rulesets.ts';
import { goalsOf, performanceNeeds, performanceSum, serviceResults } from './need-sources.ts';
import { rankingOf } from './ranking.ts';

export type PostRow = {
	postLevel: string;
	competencyId: string;
	competency: string;
	required: number;
	people: number;
	/** People with a likely gap; null in a group too small to tell. */
	likely: number | null;
	/** Mean levels missing; null likewise. */
	shortfall: number | null;
};

type Unit = { id: string; path: string };
type Campaign = { id: string; year: number } | null;

/**
 * The three levels of the analysis of a unit: organisation (goals, service, performance), posts (level asked against
 * level shown, by level of posts) and people. Asks no permission: the page has.
 * @law PP 11/2017 Ps 206; domain.md §6.1
 */
export async function threeLevels(db: Db, unit: Unit, campaign: Campaign, today: string) {
	const year = campaign?.year ?? Number(today.slice(0, 4));
	const bands = await serviceBandsOn(db, today);
	const sum = await performanceSum(db, unit, year);
	return {
		year,
		goals: await goalsOf(db, unit, year),
		service: await serviceResults(db, unit, bands, { latest: true }),
		performance: { sum, people: sum.year === null ? [] : await performanceNeeds(db, unit, sum.year) },
		posts: campaign === null ? [] : await postRows(db, unit, campaign.id),
		needs:
			campaign === null
				? []
				: (await rankingOf(db, { campaign, unit, today })).needs.filter(({ kind }) => kind === 'competency')
	};
}

/** By level of posts and competency, largest shortfall first; `unit` null for the whole agency. Groups under five say no figure. */
export async function postRows(db: Db, unit: Unit, campaignId: string): Promise<PostRow[]> {
	const { rows } = await sql<PostRow & { likely: number; shortfall: number }>`
		select t.post_level as "postLevel", s.competency_id as "competencyId", c.name as competency, max(s.required)::int as required,
			count(*)::int as people, (count(*) filter (where s.p_gap >= 0.5))::int as likely, avg(s.shortfall)::float8 as shortfall
		from needs.standing(${campaignId}) s
		join needs.target t on t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaignId} and t.person_id = s.person_id
		join competencies.competency c on c.agency_id = (select platform.current_agency()) and c.id = s.competency_id
		where s.measured and s.unit_id in (select id from people.unit where agency_id = (select platform.current_agency()) and path <@ ${unit.path}::ltree)
		group by t.post_level, s.competency_id, c.name
		order by t.post_level, avg(s.shortfall) desc, c.name`.execute(db);
	return rows.map((row) => (row.people < SMALLEST_GROUP ? { ...row, likely: null, shortfall: null } : row));
}
