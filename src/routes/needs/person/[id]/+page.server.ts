import { hasAbility, isSelf } from '#kernel/actor.ts';
import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { canReadCampaigns } from '#slices/needs/access.ts';
import { profileOf } from '#slices/needs/server/queries/profile.ts';

export const load = page(async ({ db, actor, url, id, today }) => {
	const asked = url.searchParams.get('campaign');
	return {
		self: isSelf(actor, id('id')),
		readsRun: canReadCampaigns(actor),
		readsPosts: hasAbility(actor, 'needs.read'),
		...(await profileOf(db, actor, id('id'), asked !== null && isId(asked) ? asked : null, today))
	};
});
