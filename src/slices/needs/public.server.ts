import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export { estimateNeeds, queueEstimate } from './server/commands/estimate.ts';
export { rateInBulk } from './server/bulk.ts';
export { closeCampaign, createCampaign, includeNewStaff, openCampaign } from './server/commands.ts';
export { remindNeeds } from './server/commands/remind.ts';
export { recordEvidence, type EvidenceRow } from './server/estimate/record-evidence.ts';
export { updatedLevel, type NewRating } from './estimator/updated-level.ts';
export { settingsOn } from './server/estimate/estimator-settings.ts';
export { serviceIndexOfAnswers } from './service-index.ts';
export { serviceBandsOn } from './server/queries/need-rulesets.ts';
export { ratingsAbout } from './server/queries/ratings-about.ts';
export { needsAbout } from './server/queries/needs-about.ts';
export { movedGaps } from './server/queries/last-levels.ts';
export { seedMatchBands, seedNeedRules } from './server/seed.ts';
export { acceptedNeed, acceptedNeeds } from './server/queries/accepted.ts';

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

/** Whom the room's events concern, for notices. */
export { needNotices } from './server/notices.ts';
