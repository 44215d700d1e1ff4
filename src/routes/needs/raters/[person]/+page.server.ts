import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { addPeer, removePeer } from '#slices/needs/server/commands/campaign.ts';
import { openCampaignNow } from '#slices/needs/server/queries/campaigns.ts';
import { ratersOf } from '#slices/needs/server/queries/raters.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const campaign = await openCampaignNow(db);
	if (campaign === null) throw missing();
	const sheet = await ratersOf(db, actor, campaign, id('person'));
	return { campaign, sheet, open: sheet.adjustUntil !== null && today <= sheet.adjustUntil };
});

export const actions = formActions({
	add: formAction(addPeer, { then: () => ({ say: 'needs.raters.added' }) }),
	remove: formAction(removePeer, { then: () => ({ say: 'needs.raters.removed' }) })
});
