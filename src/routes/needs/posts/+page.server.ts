import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { isPostLevel } from '#kernel/posts.ts';
import { page } from '#platform/http/page.ts';
import { sortedPosts, type PostLine } from '#slices/needs/posts.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { campaignsFor, campaignToRank } from '#slices/needs/server/queries/campaigns.ts';
import { postsOf } from '#slices/needs/server/queries/posts.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!hasAbility(actor, 'needs.read')) throw missing();
	const campaigns = (await campaignsFor(db, actor)).filter(({ status }) => status !== 'draft');
	const wanted = url.searchParams.get('campaign');
	const campaign = campaigns.find(({ id }) => id === wanted) ?? campaignToRank(campaigns, today);
	const unit = url.searchParams.get('unit');
	const {
		page: number,
		size,
		offset,
		search,
		sort
	} = listQuery(url, { sorts: ['-gaps', 'shortfall', 'people', 'title'] });
	const level = url.searchParams.get('level') ?? '';
	const kind = url.searchParams.get('kind') ?? '';
	const found =
		campaign === null
			? null
			: await postsOf(db, actor, campaign, unit !== null && isId(unit) ? unit : null, kind);
	const wantedHere = ({ title, level: of }: PostLine) =>
		title.toLowerCase().includes(search.toLowerCase()) && (!isPostLevel(level) || of === level);
	const lines = sortedPosts(found?.lines ?? [], sort).filter(wantedHere);
	return {
		campaign,
		campaigns,
		unit: found?.unit ?? null,
		estimated: found !== null && found.runId !== null,
		lines: lines.slice(offset, offset + size),
		/** The one with most gaps, whatever is searched for. */
		first: sortedPosts(found?.lines ?? [], { by: 'gaps', descending: true })[0] ?? null,
		search,
		level: isPostLevel(level) ? level : null,
		kind: found?.kinds.has(kind) ? kind : null,
		kinds: [...(found?.kinds.keys() ?? [])].sort(),
		levels: [...new Set((found?.lines ?? []).map((one) => one.level))].sort(),
		sort,
		paging: { page: number, size, total: lines.length },
		smallest: SMALLEST_GROUP
	};
});
