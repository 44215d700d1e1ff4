import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { isPostLevel } from '#kernel/posts.ts';
import { page } from '#platform/http/page.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { campaignsFor, campaignToRank } from '#slices/needs/server/queries/campaigns.ts';
import { postSheet } from '#slices/needs/server/queries/post.ts';
import { listQuery } from '#ui/list-url.ts';

const LONGEST_TITLE = 300;

export const load = page(async ({ db, actor, url, today }) => {
	if (!hasAbility(actor, 'needs.read')) throw missing();
	const title = (url.searchParams.get('title') ?? '').trim();
	const level = url.searchParams.get('level') ?? '';
	if (title === '' || title.length > LONGEST_TITLE || !isPostLevel(level)) throw missing();
	const campaigns = (await campaignsFor(db, actor)).filter(({ status }) => status !== 'draft');
	const wanted = url.searchParams.get('campaign');
	const campaign = campaigns.find(({ id }) => id === wanted) ?? campaignToRank(campaigns, today);
	if (campaign === null) throw missing();
	const unit = url.searchParams.get('unit');
	const unitId = unit !== null && isId(unit) ? unit : null;
	const { page: number, size, offset } = listQuery(url, { sorts: ['shortfall'] });
	const kind = url.searchParams.get('kind');
	return {
		campaign,
		campaigns,
		smallest: SMALLEST_GROUP,
		paging: { page: number, size },
		...(await postSheet(db, actor, campaign, { post: { title, level }, unitId, kind, size, offset }, today))
	};
});
