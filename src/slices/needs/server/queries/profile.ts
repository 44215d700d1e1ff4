import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadProfile } from '../../access.ts';
import {
	chooseLevel,
	jobPersonMatch,
	type ChosenLevel,
	type JobPersonMatch,
	type MatchBand,
	type RatingSource
} from '../../gap.ts';
import {
	estimatesOfPerson,
	evidenceOfPerson,
	type PersonEstimate,
	type PersonEvidence
} from './estimates.ts';
import { campaignStatus, matchBand, type Campaign, type MatchBandKey } from '../../model.ts';

export type ProfileRow = {
	competencyId: string;
	code: string;
	name: string;
	nameEn: string;
	required: number;
	/** The rating to plan with and all others beside it; null while nobody rated. */
	chosen: ChosenLevel | null;
	/** What the estimator made of all evidence; null before the first run. */
	estimate: PersonEstimate | null;
	/** What it rests on, newest first. */
	evidence: PersonEvidence[];
};

export type Profile = {
	person: { personId: string; name: string; postTitle: string; postLevel: string; unitName: string };
	/** Campaigns in which this person was asked, newest first. */
	campaigns: Campaign[];
	/** The one shown; null when the person was never asked. */
	campaign: Campaign | null;
	rows: ProfileRow[];
	match: (JobPersonMatch<MatchBandKey> & { legalBasis: string | null; uncapped: number }) | null;
	/** The same by what the estimator made of all evidence, capped; `likely` gaps are real ones more probably than not. Null before a run. */
	estimated: { percent: number; likely: number } | null;
};

/**
 * What the post asks of a person and what they show, in one campaign: unless one is named the newest that measured half of
 * it or more, else anything of them, so that a survey just begun does not hide the last results. Refuses: missing, for anybody
 * but the person, their supervisor, and whoever reads the unit.
 */
export async function profileOf(
	db: Db,
	actor: Actor,
	personId: string,
	campaignId: string | null,
	today: string
): Promise<Profile> {
	const person = await db
		.selectFrom('people.staff')
		.select(['person_id as personId', 'name', 'post_title as postTitle', 'post_level as postLevel'])
		.select(['unit_name as unitName', 'unit_path as unitPath', 'supervisor_id as supervisorId'])
		.where('agency_id', '=', actor.agencyId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	if (person === undefined || !canReadProfile(actor, person)) throw missing();
	const campaigns = await campaignsOfPerson(db, personId);
	const campaign =
		campaignId === null
			? (campaigns.find((one) => one.measured >= 0.5) ??
				campaigns.find((one) => one.measured > 0) ??
				campaigns[0] ??
				null)
			: campaigns.find((one) => one.id === campaignId);
	if (campaign === undefined) throw missing();
	const rows = campaign === null ? [] : await profileRows(db, campaign, personId);
	const bands = await matchBandsOn(db, campaign?.closesOn ?? today);
	const levels = rows.map(({ required, chosen }) => ({ required, actual: chosen?.level ?? null }));
	const match = jobPersonMatch(levels, bands);
	const uncapped = jobPersonMatch(levels, bands, { capped: false });
	const { personId: id, name, postTitle, postLevel, unitName } = person;
	return {
		person: { personId: id, name, postTitle, postLevel, unitName },
		campaigns,
		campaign,
		rows,
		estimated: estimatedMatch(rows),
		match: match && { ...match, legalBasis: bands[0]?.legalBasis ?? null, uncapped: uncapped?.percent ?? 0 }
	};
}

function estimatedMatch(rows: readonly ProfileRow[]): Profile['estimated'] {
	const levels = rows.flatMap(({ required, estimate }) =>
		// Without evidence it is the mean of others.
		estimate === null || estimate.ratings === 0
			? []
			: [{ required, actual: estimate.level, probability: estimate.probability }]
	);
	const match = jobPersonMatch(levels, []);
	return (
		match && { percent: match.percent, likely: levels.filter(({ probability }) => probability >= 0.5).length }
	);
}

async function campaignsOfPerson(db: Db, personId: string): Promise<(Campaign & { measured: number })[]> {
	const rows = await db
		.selectFrom('needs.target as t')
		.innerJoin('needs.campaign as c', (join) =>
			join.onRef('c.agency_id', '=', 't.agency_id').onRef('c.id', '=', 't.campaign_id')
		)
		.select(['c.id', 'c.name', 'c.year', 'c.status', 'c.opens_on as opensOn', 'c.closes_on as closesOn'])
		.select(
			sql<number>`coalesce((
				select count(g.actual)::float8 / count(*) from needs.gap g
				where g.agency_id = t.agency_id and g.campaign_id = t.campaign_id and g.person_id = t.person_id
				having count(*) > 0
			), 0)`.as('measured')
		)
		.where('t.agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('t.person_id', '=', personId)
		.orderBy('c.year', 'desc')
		.orderBy('c.created_at', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, status: campaignStatus(row.status) }));
}

async function profileRows(db: Db, campaign: Campaign, personId: string): Promise<ProfileRow[]> {
	const estimates = new Map(
		(await estimatesOfPerson(db, campaign.id, personId)).map((one) => [one.competencyId, one])
	);
	const evidence = Map.groupBy(
		await evidenceOfPerson(db, personId, campaign.closesOn),
		(one) => one.competencyId
	);
	const { rows } = await sql<{
		competencyId: string;
		code: string;
		name: string;
		nameEn: string;
		required: number;
		source: RatingSource | null;
		level: number | null;
		on: string | null;
	}>`
		select g.competency_id as "competencyId", c.code, c.name, c.name_en as "nameEn", g.required, r.source, r.level,
			(r.rated_at at time zone a.time_zone)::date as "on"
		from needs.gap g
		join competencies.competency c on c.agency_id = g.agency_id and c.id = g.competency_id
		join platform.agency a on a.agency_id = g.agency_id
		left join needs.rating r on r.agency_id = g.agency_id and r.campaign_id = g.campaign_id
			and r.person_id = g.person_id and r.competency_id = g.competency_id
			-- Never what a single peer or subordinate said.
			and r.source in ('self', 'supervisor', 'assessment')
		where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${campaign.id} and g.person_id = ${personId}
		order by c.sort`.execute(db);
	return [...Map.groupBy(rows, (row) => row.competencyId).values()].flatMap((ofOne) => {
		const [first] = ofOne;
		if (first === undefined) return [];
		const { competencyId, code, name, nameEn, required } = first;
		const ratings = ofOne.flatMap(({ source, level, on }) =>
			source === null || level === null || on === null ? [] : [{ source, level, on }]
		);
		return [
			{
				competencyId,
				code,
				name,
				nameEn,
				required,
				chosen: chooseLevel(ratings),
				estimate: estimates.get(competencyId) ?? null,
				evidence: evidence.get(competencyId) ?? []
			}
		];
	});
}

/** Bands of the job-person match in force on a day, from the highest down. */
export async function matchBandsOn(
	db: Db,
	on: string
): Promise<(MatchBand<MatchBandKey> & { legalBasis: string })[]> {
	const rows = await db
		.selectFrom('needs.match_band')
		.select(['from_percent', 'band', 'legal_basis'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('valid_from', '<=', on)
		.where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', on)]))
		.orderBy('from_percent', 'desc')
		.execute();
	return rows.map((row) => ({
		from: row.from_percent,
		key: matchBand(row.band),
		legalBasis: row.legal_basis
	}));
}
