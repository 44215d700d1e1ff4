import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { campaignById } from '#slices/needs/server/queries/campaigns.ts';
import { unitMessage } from '#slices/needs/server/queries/message.ts';
import { unitInView } from '#slices/needs/server/queries/units.ts';

export const load = page(async ({ db, actor, url, id }) => {
	const campaign = await campaignById(db, actor, id('id'));
	if (campaign.status !== 'open') throw missing();
	const asked = url.searchParams.get('unit');
	const unit = await unitInView(db, actor, asked !== null && isId(asked) ? asked : null);
	return {
		campaign,
		unit,
		message: await unitMessage(db, actor, campaign, unit),
		address: `${url.origin}/needs/rate`
	};
});
