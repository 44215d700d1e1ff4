import type { CivilDate } from '#kernel/time.ts';

export const CAMPAIGN_STATUSES = ['draft', 'open', 'closed'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** Which status may follow which; buttons and refusals come from it. A closed campaign is evidence: it stays closed. */
export const NEXT: Record<CampaignStatus, readonly CampaignStatus[]> = {
	draft: ['open'],
	open: ['closed'],
	closed: []
};

/** The database's check constraint keeps the column to these words. */
export function campaignStatus(text: string): CampaignStatus {
	const status = CAMPAIGN_STATUSES.find((known) => known === text);
	if (status === undefined) throw new TypeError(`not a status of a campaign: ${text}`);
	return status;
}

export type Campaign = {
	id: string;
	name: string;
	year: number;
	status: CampaignStatus;
	opensOn: CivilDate;
	/** Last day on which answers are taken. */
	closesOn: CivilDate;
};

/** What one can answer: 0 is "not yet at level 1", 1 to 5 are the dictionary's levels. */
export const RATING_LEVELS = [0, 1, 2, 3, 4, 5] as const;

/** Sources that people give in Asah; an assessment centre's results come from elsewhere. */
export const GIVEN_SOURCES = ['self', 'supervisor'] as const;
export type GivenSource = (typeof GIVEN_SOURCES)[number];

/** What peers and subordinates say of somebody counts and shows from so many of them on: fewer could be told apart. */
export const SMALLEST_RATERS = 3;

/** Words for a job-person match; which figures they begin at is a dated ruleset. */
export const MATCH_BANDS = [
	'optimal',
	'fairlyOptimal',
	'lessOptimal',
	'meets',
	'stillMeets',
	'belowStandard'
] as const;
export type MatchBandKey = (typeof MATCH_BANDS)[number];

export function matchBand(text: string): MatchBandKey {
	const band = MATCH_BANDS.find((known) => known === text);
	if (band === undefined) throw new TypeError(`not a band of the job-person match: ${text}`);
	return band;
}
