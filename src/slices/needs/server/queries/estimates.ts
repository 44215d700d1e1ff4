import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { unfinishedJob } from '#platform/jobs/jobs.ts';
import type { Agreement } from '../../agreement.ts';
import { canReadCampaigns } from '../../access.ts';
import { certaintyOf, levelInterval, type Certainty } from '../../certainty.ts';
import type { Found } from '../../estimator.ts';
import { EVIDENCE_SOURCES, type EstimatorSettings, type EvidenceSource } from '../../estimator/settings.ts';
import type { OwnSums } from '../../heat.ts';
import type { LeniencySpread } from '../../leniency-spread.ts';
import { SMALLEST_RATERS } from '../../model.ts';

/** The run whose levels stand for a campaign; null before the first. */
export async function lastRunId(db: Db, campaignId: string): Promise<string | null> {
	const row = await db
		.selectFrom('needs.estimate_run')
		.select('id')
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('campaign_id', '=', campaignId)
		.orderBy('run_at', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.id ?? null;
}

export type RunSheet = {
	asOf: string;
	runAt: Date;
	runBy: string;
	people: number;
	ratings: number;
	settings: EstimatorSettings;
	settingsReason: string | null;
	found: Found;
	leniency: LeniencySpread[];
	agreement: Agreement;
};

/** What the last run assumed and found, for whoever reads campaigns; nobody's level and nobody's name is in it. */
export async function runSheet(db: Db, actor: Actor, campaignId: string): Promise<RunSheet | null> {
	if (!canReadCampaigns(actor)) return null;
	const { rows } = await sql<RunSheet>`
		select as_of as "asOf", run_at as "runAt", run_by as "runBy", people, ratings, settings, settings_reason as "settingsReason",
			found, leniency, agreement
		from needs.estimate_run
		where agency_id = (select platform.current_agency()) and campaign_id = ${campaignId}
		order by run_at desc, id desc limit 1`.execute(db);
	return rows[0] ?? null;
}

/** The campaign that was estimated last, whose run tells what the data say now; null before the first run. */
export async function lastEstimated(db: Db): Promise<{ id: string; name: string } | null> {
	const row = await db
		.selectFrom('needs.estimate_run as r')
		.innerJoin('needs.campaign as c', (join) =>
			join.onRef('c.agency_id', '=', 'r.agency_id').onRef('c.id', '=', 'r.campaign_id')
		)
		.select(['c.id', 'c.name'])
		.where('r.agency_id', '=', sql<string>`(select platform.current_agency())`)
		.orderBy('r.run_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row ?? null;
}

/** The job that estimates a campaign now: who asked, and its page when it is the actor's own. */
export async function estimatingJob(db: Db, actor: Actor, campaignId: string) {
	const job = await unfinishedJob(db, actor, 'needs.estimate', { campaignId });
	return job ? { by: job.by, href: job.own ? `/jobs/${job.id}` : null } : null;
}

/** Sums of each unit's own people per competency as a run left them. */
export async function estimatedSums(db: Db, runId: string): Promise<OwnSums[]> {
	const { rows } = await sql<OwnSums>`
		select unit_id as "unitId", competency_id as "competencyId", people, n, gap, shortfall, likely as "withGap", sure
		from needs.estimate_unit
		where agency_id = (select platform.current_agency()) and run_id = ${runId}`.execute(db);
	return rows;
}

export type PersonEstimate = {
	competencyId: string;
	level: number;
	lower: number;
	upper: number;
	/** That half a level or more is missing. */
	probability: number;
	certainty: Certainty;
	ratings: number;
	/** Weight of each source in the level, in per cent, heaviest first; without those that weigh nothing. */
	weights: { source: EvidenceSource; percent: number }[];
	/** Per cent that the mean of the post group carries. */
	group: number;
};

type EstimateRow = Record<`weight_${EvidenceSource}`, number> & {
	competencyId: string;
	level: number;
	sd: number;
	probability: number;
	ratings: number;
};

/** Estimated levels of a person in a campaign; empty without a run. Asks nobody's permission. */
export async function estimatesOfPerson(
	db: Db,
	campaignId: string,
	personId: string
): Promise<PersonEstimate[]> {
	const runId = await lastRunId(db, campaignId);
	if (runId === null) return [];
	const { rows } = await sql<EstimateRow>`
		select competency_id as "competencyId", level, sd, p_gap as probability, ratings, weight_assessment, weight_supervisor,
			weight_peer, weight_subordinate, weight_self, weight_test, weight_certificate
		from needs.estimate
		where agency_id = (select platform.current_agency()) and run_id = ${runId} and person_id = ${personId}`.execute(
		db
	);
	return rows.map((row) => {
		const weights = EVIDENCE_SOURCES.map((source) => ({ source, percent: row[`weight_${source}`] }));
		return {
			competencyId: row.competencyId,
			level: row.level,
			...levelInterval(row),
			probability: row.probability,
			certainty: certaintyOf(row.probability),
			ratings: row.ratings,
			weights: weights.filter(({ percent }) => percent > 0).sort((a, b) => b.percent - a.percent),
			group: Math.max(0, 100 - weights.reduce((sum, { percent }) => sum + percent, 0))
		};
	});
}

export type PersonEvidence = {
	competencyId: string;
	source: EvidenceSource;
	/** One answer or result; of peers and subordinates the mean of at least three. */
	level: number;
	/** How many raters it stands for. */
	raters: number;
	/** Last day of the campaign for a group, so that the day tells nobody's; else the day it was given. */
	on: string;
	/** Campaign, report, certificate or test. */
	reference: string;
};

/**
 * All that was said and measured of a person until a campaign's last day. What peers and subordinates said is the mean of
 * at least three in a competency, by this very statement: fewer never leave the database. Asks nobody's permission.
 */
export async function evidenceOfPerson(db: Db, personId: string, until: string): Promise<PersonEvidence[]> {
	const { rows } = await sql<PersonEvidence>`
		select r.competency_id as "competencyId", r.source, r.level::float8 as level, 1 as raters,
			(r.rated_at at time zone a.time_zone)::date as on, c.name as reference
		from needs.rating r
		join needs.campaign c on c.agency_id = r.agency_id and c.id = r.campaign_id
		join platform.agency a on a.agency_id = r.agency_id
		where r.agency_id = (select platform.current_agency()) and r.person_id = ${personId} and c.opens_on <= ${until}
			and r.source in ('self', 'supervisor', 'assessment')
		union all
		select r.competency_id, r.source, avg(r.level)::float8, count(distinct r.rater_id)::int, c.closes_on, c.name
		from needs.rating r
		join needs.campaign c on c.agency_id = r.agency_id and c.id = r.campaign_id
		where r.agency_id = (select platform.current_agency()) and r.person_id = ${personId} and c.opens_on <= ${until}
			and r.source in ('peer', 'subordinate')
		group by r.competency_id, r.source, c.id, c.closes_on, c.name
		having count(distinct r.rater_id) >= ${SMALLEST_RATERS}
		union all
		select competency_id, source, level::float8, 1, measured_on, reference
		from needs.evidence
		where agency_id = (select platform.current_agency()) and person_id = ${personId} and measured_on <= ${until}
		order by "competencyId", "on" desc, source`.execute(db);
	return rows;
}
