import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { campaignById, setupOf } from '#slices/needs/server/queries/campaigns.ts';
import { definitionOf } from '#slices/needs/server/queries/instruments.ts';
import { otherAnswers } from '#slices/needs/server/queries/other-answers.ts';

export const load = page(async ({ db, actor, url, id }) => {
	const campaign = await campaignById(db, actor, id('id'));
	if (campaign.status === 'draft') throw missing();
	const asked = url.searchParams.get('unit');
	const { instrumentVersionId } = await setupOf(db, campaign.id);
	const definition = await definitionOf(db, instrumentVersionId);
	return {
		campaign,
		smallest: SMALLEST_GROUP,
		scalePoints: definition.scalePoints,
		...(await otherAnswers(db, actor, campaign, definition, asked !== null && isId(asked) ? asked : null))
	};
});
