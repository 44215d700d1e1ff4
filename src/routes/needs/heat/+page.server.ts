import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { campaignById, campaignsFor } from '#slices/needs/server/queries/campaigns.ts';
import { heatMap, newestHeatMap, recentSums } from '#slices/needs/server/queries/heat-map.ts';

export const load = page(async ({ db, actor, url }) => {
	if (!hasAbility(actor, 'needs.read')) throw missing();
	const asked = (name: string): string | null => {
		const value = url.searchParams.get(name);
		return value !== null && isId(value) ? value : null;
	};
	const campaigns = (await campaignsFor(db, actor)).filter((one) => one.status !== 'draft');
	const campaignId = asked('campaign');
	const chosen = campaignId === null ? null : await campaignById(db, actor, campaignId);
	const unit = asked('unit');
	const shown =
		chosen === null
			? await newestHeatMap(db, actor, campaigns, unit, recentSums)
			: { campaign: chosen, map: await heatMap(db, actor, chosen, unit, recentSums) };
	return {
		campaign: shown?.campaign ?? null,
		campaigns,
		measure: url.searchParams.get('show') === 'share' ? ('share' as const) : ('shortfall' as const),
		smallest: SMALLEST_GROUP,
		map: shown?.map ?? null
	};
});
