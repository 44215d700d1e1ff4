import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { canReadUnit } from '#slices/needs/access.ts';
import { canPropose, readsNeeds } from '#slices/needs/proposal-access.ts';
import { campaignsFor, campaignToRank } from '#slices/needs/server/queries/campaigns.ts';
import { threeLevels } from '#slices/needs/server/queries/three-levels.ts';
import { unitInView } from '#slices/needs/server/queries/units.ts';

export const load = page(async ({ db, actor, id, url, today }) => {
	if (!readsNeeds(actor)) throw missing();
	const unit = await unitInView(db, actor, id('id'));
	const campaigns = (await campaignsFor(db, actor)).filter(({ status }) => status !== 'draft');
	const wanted = url.searchParams.get('campaign');
	const campaign = campaigns.find((one) => one.id === wanted) ?? campaignToRank(campaigns, today);
	return {
		unit,
		campaign,
		campaigns,
		...(await threeLevels(db, unit, campaign, today)),
		can: { propose: canPropose(actor, { unitPath: unit.path }), readPosts: canReadUnit(actor, unit.path) }
	};
});
