import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import type { GivenSource } from '../model.ts';
import { takeAnswer } from '../rules.ts';
import { campaignStatus } from '../model.ts';
import { writeRatings } from './measure.ts';

export type BulkRatings = {
	campaignId: string;
	/** The i-th of each list belongs together. */
	sources: readonly GivenSource[];
	people: readonly string[];
	competencies: readonly string[];
	levels: readonly number[];
	at: readonly Date[];
};

/**
 * Many answers at once, by the rules of `needs.rateSelf` and `needs.rateTeam`: the campaign is open and takes answers
 * on each of these days, everybody was asked, a supervisor's answer comes from the person's supervisor of today.
 * All or nothing. For set-up and the demo city; returns how many ratings were kept.
 */
export async function rateInBulk(tx: Tx, { campaignId, ...ratings }: BulkRatings): Promise<number> {
	await checkDays(tx, campaignId, ratings.at);
	const raters = await ratersOf(tx, ratings);
	return writeRatings(tx, campaignId, { ...ratings, raters });
}

async function checkDays(tx: Tx, campaignId: string, at: readonly Date[]): Promise<void> {
	const first = at.reduce((a, b) => (b < a ? b : a), at[0] ?? new Date(0));
	const last = at.reduce((a, b) => (b > a ? b : a), first);
	const campaign = await tx
		.selectFrom('needs.campaign as c')
		.innerJoin('platform.agency as a', 'a.agency_id', 'c.agency_id')
		.select(['c.name', 'c.status', 'c.opens_on as opensOn', 'c.closes_on as closesOn'])
		.select(sql<string>`(${first}::timestamptz at time zone a.time_zone)::date`.as('firstDay'))
		.select(sql<string>`(${last}::timestamptz at time zone a.time_zone)::date`.as('lastDay'))
		.where('c.agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('c.id', '=', campaignId)
		.executeTakeFirstOrThrow();
	const standing = { ...campaign, status: campaignStatus(campaign.status) };
	takeAnswer(standing, campaign.firstDay);
	takeAnswer(standing, campaign.lastDay);
}

async function ratersOf(
	tx: Tx,
	{ sources, people }: Pick<BulkRatings, 'sources' | 'people'>
): Promise<string[]> {
	const rows = sources.includes('supervisor')
		? await tx
				.selectFrom('people.staff')
				.select(['person_id', 'supervisor_id'])
				.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
				.execute()
		: [];
	const supervisors = new Map(rows.map((row) => [row.person_id, row.supervisor_id]));
	return people.map((personId, i) => {
		const rater = sources[i] === 'self' ? personId : supervisors.get(personId);
		if (rater == null) throw refused('needs.rate.noSupervisor', { personId });
		return rater;
	});
}
