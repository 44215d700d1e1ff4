import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { competencyById } from '#slices/competencies/public.server.ts';
import { campaignById } from '#slices/needs/server/queries/campaigns.ts';
import { peopleBehind } from '#slices/needs/server/queries/heat-map.ts';
import { holdersOf } from '#slices/needs/server/queries/posts.ts';
import { canTrace } from '#slices/reports/access.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	if (!hasAbility(actor, 'needs.read')) throw missing();
	const idOf = (name: string): string => {
		const value = url.searchParams.get(name);
		if (value === null || !isId(value)) throw missing();
		return value;
	};
	const { page: number, size, offset } = listQuery(url, { sorts: ['gap'] });
	const campaign = await campaignById(db, actor, idOf('campaign'));
	const { levels: _, ...competency } = await competencyById(db, idOf('competency'));
	const onlyGaps = url.searchParams.get('who') !== 'all';
	const title = url.searchParams.get('title');
	const level = url.searchParams.get('level');
	const post = title !== null && level !== null ? { title, level } : null;
	const among = post && (await holdersOf(db, campaign, post)).map(({ personId }) => personId);
	const asked = {
		campaignId: campaign.id,
		unitId: idOf('unit'),
		competencyId: competency.id,
		onlyGaps,
		among,
		size,
		offset
	};
	return {
		campaign,
		competency,
		onlyGaps,
		post,
		paging: { page: number, size },
		trace: canTrace(actor),
		...(await peopleBehind(db, actor, asked))
	};
});
