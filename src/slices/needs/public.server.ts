import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export { estimateNeeds, queueEstimate } from './server/commands/estimate.ts';
export { rateInBulk, type BulkRatings } from './server/bulk.ts';
export { closeCampaign, createCampaign, includeNewStaff, openCampaign } from './server/commands.ts';
export { remindNeeds, type Reminded } from './server/commands/remind.ts';
export { recordEvidence, type EvidenceRow } from './server/estimate/record-evidence.ts';
export { updatedLevel, type NewRating } from './estimator/updated-level.ts';
export { settingsOn } from './server/estimate/estimator-settings.ts';
export { currentCampaign, openCampaignNow } from './server/queries/campaigns.ts';
export { serviceIndexOfAnswers } from './service-index.ts';
export { serviceBandsOn } from './server/queries/need-rulesets.ts';
export { ratingsAbout } from './server/queries/ratings-about.ts';
export { needsAbout } from './server/queries/needs-about.ts';
export { movedGaps, type MovedGaps } from './server/queries/last-levels.ts';
export { seedMatchBands, seedNeedRules } from './server/seed.ts';
export { acceptedNeed, acceptedNeeds, type AcceptedNeed } from './server/queries/accepted.ts';

export type GapQuestion = {
	campaignId: string;
	/** The unit with everything below it; null for the whole agency. */
	unitId: string | null;
	competencyId: string;
};

export type GapSummary = {
	/** People below the level that their post asks for. */
	people: number;
	/** Their mean gap in levels, two decimals; 0 when nobody is below. */
	mean: number;
	/** Their share of the people measured, 0 to 1. */
	share: number;
	/** People measured. */
	measured: number;
};

/** How large a need is: the evidence of a plan line. Asks nobody's permission; the calling room decides who sees it. */
export async function gapSummary(
	db: Db,
	{ campaignId, unitId, competencyId }: GapQuestion
): Promise<GapSummary> {
	const { rows } = await sql<GapSummary>`
		select (count(*) filter (where g.gap > 0))::int as people, count(g.gap)::int as measured,
			coalesce(round(avg(g.gap) filter (where g.gap > 0), 2), 0) as mean,
			coalesce((count(*) filter (where g.gap > 0))::numeric / nullif(count(g.gap), 0), 0) as share
		from needs.gap g
		where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${campaignId}
			and g.competency_id = ${competencyId} and ${inUnit(unitId)}`.execute(db);
	return rows[0] ?? { people: 0, mean: 0, share: 0, measured: 0 };
}

/** The people themselves, largest gap first: whom a class is for. */
export async function peopleWithGap(db: Db, { campaignId, unitId, competencyId }: GapQuestion, limit = 1000) {
	const { rows } = await sql<{
		personId: string;
		unitId: string;
		required: number;
		actual: number;
		gap: number;
	}>`
		select g.person_id as "personId", g.unit_id as "unitId", g.required, g.actual, g.gap
		from needs.gap g
		where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${campaignId}
			and g.competency_id = ${competencyId} and g.gap > 0 and ${inUnit(unitId)}
		order by g.gap desc, g.person_id limit ${limit}`.execute(db);
	return rows;
}

const inUnit = (unitId: string | null) =>
	unitId === null
		? sql`true`
		: sql`g.unit_id in (
			select u.id from people.unit u join people.unit top on top.agency_id = u.agency_id and top.id = ${unitId}
			where u.agency_id = (select platform.current_agency()) and u.path <@ top.path
		)`;

export type PersonGap = {
	campaignId: string;
	competencyId: string;
	code: string;
	name: string;
	nameEn: string;
	required: number;
	actual: number;
	gap: number;
	/** What the level rests on. */
	source: 'assessment' | 'supervisor' | 'self';
};

/**
 * A person's needs as measured last: competencies below the standard in the newest campaign that measured them at all,
 * largest first (ties in the dictionary's order).
 */
export async function largestGaps(db: Db, personId: string): Promise<PersonGap[]> {
	const { rows } = await sql<PersonGap>`
		select g.campaign_id as "campaignId", g.competency_id as "competencyId", c.code, c.name, c.name_en as "nameEn",
			g.required, g.actual, g.gap,
			case when g.assessment_level is not null then 'assessment' when g.supervisor_level is not null then 'supervisor' else 'self' end as source
		from needs.gap g
		join competencies.competency c on c.agency_id = g.agency_id and c.id = g.competency_id
		where g.agency_id = (select platform.current_agency()) and g.person_id = ${personId} and g.gap > 0
			and g.campaign_id = (
				select n.id from needs.campaign n
				where n.agency_id = g.agency_id and n.status != 'draft' and exists (
					select from needs.gap h
					where h.agency_id = n.agency_id and h.campaign_id = n.id and h.person_id = ${personId} and h.actual is not null
				)
				order by n.year desc, n.created_at desc limit 1
			)
		order by g.gap desc, c.sort`.execute(db);
	return rows;
}

/** What is still missing to the standard in one competency; null when it was never measured, 0 when it is met. */
export async function remainingGap(db: Db, personId: string, competencyId: string): Promise<number | null> {
	const { rows } = await sql<{ gap: number }>`
		select greatest(g.gap, 0) as gap
		from needs.gap g
		join needs.campaign n on n.agency_id = g.agency_id and n.id = g.campaign_id
		where g.agency_id = (select platform.current_agency()) and g.person_id = ${personId}
			and g.competency_id = ${competencyId} and g.gap is not null
		order by n.year desc, n.created_at desc limit 1`.execute(db);
	return rows[0]?.gap ?? null;
}

export type EstimatedGap = {
	campaignId: string;
	required: number;
	/** Estimated level, and its standard deviation. */
	level: number;
	sd: number;
	/** That half a level or more is missing. */
	probability: number;
	/** Expected shortfall in levels, a reserve counting 0. */
	shortfall: number;
};

/**
 * A person's estimated level in a competency, from the newest campaign with a run that asked them; null before the first
 * run. Asks nobody's permission; the calling room decides who sees it.
 */
export async function estimatedGap(
	db: Db,
	personId: string,
	competencyId: string
): Promise<EstimatedGap | null> {
	const { rows } = await sql<EstimatedGap>`
		select r.campaign_id as "campaignId", e.required, e.level, e.sd, e.p_gap as probability, e.shortfall
		from needs.campaign n
		join lateral (
			select id, campaign_id from needs.estimate_run
			where agency_id = n.agency_id and campaign_id = n.id order by run_at desc, id desc limit 1
		) r on true
		join needs.estimate e on e.agency_id = n.agency_id and e.run_id = r.id
			and e.person_id = ${personId} and e.competency_id = ${competencyId}
		where n.agency_id = (select platform.current_agency())
		order by n.year desc, n.created_at desc limit 1`.execute(db);
	return rows[0] ?? null;
}

export type EstimatedNeed = {
	/** People with evidence of their own. */
	measured: number;
	/** Of them, how many are expected to be half a level or more short. */
	people: number;
	/** Mean expected shortfall in levels. */
	shortfall: number;
	/** How surely that can be said, 0.5 to 1. */
	certainty: number;
};

/** How large a need is by the last run, beside `gapSummary`; null without a run or without evidence. */
export async function estimatedNeed(
	db: Db,
	{ campaignId, unitId, competencyId }: GapQuestion
): Promise<EstimatedNeed | null> {
	const { rows } = await sql<EstimatedNeed>`
		select sum(g.n)::int as measured, sum(g.likely) as people, sum(g.shortfall) / sum(g.n) as shortfall, sum(g.sure) / sum(g.n) as certainty
		from needs.estimate_unit g
		where g.agency_id = (select platform.current_agency()) and g.competency_id = ${competencyId} and ${inUnit(unitId)}
			and g.run_id = (
				select id from needs.estimate_run
				where agency_id = g.agency_id and campaign_id = ${campaignId} order by run_at desc, id desc limit 1
			)
		having sum(g.n) > 0`.execute(db);
	return rows[0] ?? null;
}

/** Whom the room's events concern, for notices. */
export { needNotices } from './server/notices.ts';
