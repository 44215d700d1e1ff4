import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { SMALLEST_GROUP } from '#slices/needs/public.ts';
import { campaignById, campaignsFor, currentCampaign } from '#slices/needs/server/queries/campaigns.ts';
import { heatMap } from '#slices/needs/server/queries/heat-map.ts';

export const load = page(async ({ db, actor, url }) => {
	if (!hasAbility(actor, 'needs.read')) throw missing();
	const asked = (name: string): string | null => {
		const value = url.searchParams.get(name);
		return value !== null && isId(value) ? value : null;
	};
	const campaignId = asked('campaign');
	const campaign =
		campaignId === null ? await currentCampaign(db) : await campaignById(db, actor, campaignId);
	return {
		campaign,
		campaigns: (await campaignsFor(db, actor)).filter((one) => one.status !== 'draft'),
		measure: url.searchParams.get('show') === 'share' ? ('share' as const) : ('shortfall' as const),
		smallest: SMALLEST_GROUP,
		map: campaign === null ? null : await heatMap(db, actor, campaign, asked('unit'))
	};
});
