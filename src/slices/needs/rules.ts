import { refused } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import { NEXT, type Campaign, type CampaignStatus } from './model.ts';

/**
 * Until when a supervisor may change who rates as a peer. Refuses: not open, no day was set, it is over; nobody is taken
 * out who has answered already.
 */
export function adjusting(
	campaign: Pick<Campaign, 'status' | 'name'>,
	adjustUntil: CivilDate | null,
	today: CivilDate
): void {
	if (campaign.status !== 'open') throw refused('needs.campaign.notOpen', { name: campaign.name });
	if (adjustUntil === null) throw refused('needs.raters.fixed');
	if (today > adjustUntil) throw refused('needs.raters.over', { until: adjustUntil });
}

type Standing = Pick<Campaign, 'status' | 'name' | 'opensOn' | 'closesOn'>;

const mayBecome = (campaign: Standing, status: CampaignStatus): boolean =>
	NEXT[campaign.status].includes(status);

/**
 * Opens a draft; early is allowed, answers are taken from its first day on. Refuses: not a draft, its last day is over,
 * another campaign is open (nobody should have to ask which of the two to answer).
 */
export function opening(
	campaign: Standing,
	otherOpen: { name: string } | null,
	today: CivilDate
): { status: 'open' } {
	if (!mayBecome(campaign, 'open')) throw refused('needs.campaign.notDraft', { name: campaign.name });
	if (campaign.closesOn < today) throw refused('needs.campaign.over', { closesOn: campaign.closesOn });
	if (otherOpen !== null) throw refused('needs.campaign.otherOpen', { other: otherOpen.name });
	return { status: 'open' };
}

/** Closes an open campaign, on its last day or before. Refuses: not open. */
export function closing(campaign: Standing): { status: 'closed' } {
	if (!mayBecome(campaign, 'closed')) throw refused('needs.campaign.notOpen', { name: campaign.name });
	return { status: 'closed' };
}

/** Why an answer cannot be taken on this day, as a message key and its facts; null when it can. */
export function answersRefused(
	campaign: Standing,
	on: CivilDate
): { code: string; params: Record<string, string> } | null {
	if (campaign.status === 'draft') return { code: 'needs.rate.notOpen', params: { name: campaign.name } };
	if (campaign.status === 'closed') return { code: 'needs.rate.closed', params: { name: campaign.name } };
	if (on < campaign.opensOn) return { code: 'needs.rate.notYet', params: { opensOn: campaign.opensOn } };
	if (on > campaign.closesOn) return { code: 'needs.rate.over', params: { closesOn: campaign.closesOn } };
	return null;
}

/** Refuses an answer outside the campaign's days, or to one that is not open. */
export function takeAnswer(campaign: Standing, on: CivilDate): void {
	const refusal = answersRefused(campaign, on);
	if (refusal !== null) throw refused(refusal.code, refusal.params);
}
