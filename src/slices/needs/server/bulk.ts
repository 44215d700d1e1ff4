import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import type { GivenSource } from '../model.ts';
import { takeAnswer } from '../rules.ts';
import { campaignStatus } from '../model.ts';
import { writeRatings } from './measure.ts';

export type BulkRatings = {
	campaignId: string;
	source: GivenSource;
	/** The i-th of each list belongs together. */
	people: readonly string[];
	competencies: readonly string[];
	levels: readonly number[];
	at: readonly Date[];
};

/**
 * Many answers at once, by the rules of `needs.rateSelf` and `needs.rateTeam`: the campaign is open and takes answers
 * on each of these days, everybody was asked, a supervisor's answer comes from the person's supervisor of today.
 * All or nothing. For set-up and the demo city; returns how many gaps were updated.
 */
export async function rateInBulk(
	tx: Tx,
	{ campaignId, source, people, competencies, levels, at }: BulkRatings
) {
	await checkDays(tx, campaignId, at);
	const raters = source === 'self' ? people : await supervisorsOf(tx, people);
	const written = await writeRatings(tx, campaignId, source, { people, competencies, levels, raters, at });
	if (written !== people.length) throw refused('needs.rate.notAsked');
	return written;
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

async function supervisorsOf(tx: Tx, people: readonly string[]): Promise<string[]> {
	const rows = await tx
		.selectFrom('people.staff')
		.select(['person_id', 'supervisor_id'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.execute();
	const supervisors = new Map(rows.map((row) => [row.person_id, row.supervisor_id]));
	return people.map((personId) => {
		const supervisor = supervisors.get(personId);
		if (supervisor == null) throw refused('needs.rate.noSupervisor', { personId });
		return supervisor;
	});
}
