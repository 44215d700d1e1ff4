import { formatPercent } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { IconName } from '#ui/icon-paths.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { Certainty } from '../certainty.ts';
import type { EvidenceSource } from '../estimator/settings.ts';
import type { RatingSource } from '../gap.ts';
import type { CampaignStatus, MatchBandKey } from '../model.ts';

const STATUSES: Record<CampaignStatus, { tone: Tone; label: () => string }> = {
	draft: { tone: 'neutral', label: m['needs.campaign.draft'] },
	open: { tone: 'active', label: m['needs.campaign.openStatus'] },
	closed: { tone: 'good', label: m['needs.campaign.closed'] }
};
export const statusTag = (status: CampaignStatus): { tone: Tone; label: string } => ({
	tone: STATUSES[status].tone,
	label: STATUSES[status].label()
});

const BANDS: Record<MatchBandKey, () => string> = {
	optimal: m['needs.band.optimal'],
	fairlyOptimal: m['needs.band.fairlyOptimal'],
	lessOptimal: m['needs.band.lessOptimal'],
	meets: m['needs.band.meets'],
	stillMeets: m['needs.band.stillMeets'],
	belowStandard: m['needs.band.belowStandard']
};
export const bandName = (band: MatchBandKey): string => BANDS[band]();

const SOURCES: Record<RatingSource, () => string> = {
	assessment: m['needs.profile.source.assessment'],
	supervisor: m['needs.profile.source.supervisor'],
	self: m['needs.profile.source.self']
};
export const sourceName = (source: RatingSource): string => SOURCES[source]();

const EVIDENCE: Record<EvidenceSource, () => string> = {
	assessment: m['needs.evidence.assessment'],
	supervisor: m['needs.evidence.supervisor'],
	peer: m['needs.evidence.peer'],
	subordinate: m['needs.evidence.subordinate'],
	self: m['needs.evidence.self'],
	test: m['needs.evidence.test'],
	certificate: m['needs.evidence.certificate']
};
export const evidenceName = (source: EvidenceSource): string => EVIDENCE[source]();

const CERTAINTY: Record<Certainty, { tone: Tone; icon?: IconName; label: () => string }> = {
	surelyGap: { tone: 'attention', label: m['needs.certainty.surelyGap'] },
	likelyGap: { tone: 'attention', label: m['needs.certainty.likelyGap'] },
	unsure: { tone: 'waiting', label: m['needs.certainty.unsure'] },
	likelyMet: { tone: 'neutral', icon: 'check', label: m['needs.certainty.likelyMet'] },
	surelyMet: { tone: 'good', label: m['needs.certainty.surelyMet'] }
};
export const certaintyTag = (certainty: Certainty): { tone: Tone; icon?: IconName; label: string } => ({
	...CERTAINTY[certainty],
	label: CERTAINTY[certainty].label()
});

/** Koo & Li (2016), Journal of Chiropractic Medicine 15, 155-163: poor below 0.5, moderate, good from 0.75, excellent from 0.9. */
export const reliabilityWord = (icc: number): string =>
	icc >= 0.9
		? m['needs.reliability.excellent']()
		: icc >= 0.75
			? m['needs.reliability.good']()
			: icc >= 0.5
				? m['needs.reliability.moderate']()
				: m['needs.reliability.poor']();

/** A survey among others: its year is added only where the name does not say it already. */
export const campaignName = (campaign: { name: string; year: number }): string =>
	campaign.name.includes(String(campaign.year)) ? campaign.name : `${campaign.name} (${campaign.year})`;

/** A chance in whole per cent: of what is estimated nothing is ever certain, so that neither 0 nor 100 is said. */
export const chanceWord = (probability: number): string =>
	probability >= 0.995
		? `> ${formatPercent(0.99)}`
		: probability < 0.005
			? `< ${formatPercent(0.01)}`
			: formatPercent(probability);
