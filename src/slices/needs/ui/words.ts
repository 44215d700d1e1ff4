import { m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
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
