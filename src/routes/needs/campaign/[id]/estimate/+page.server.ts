import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canRunCampaigns } from '#slices/needs/access.ts';
import { queueEstimate } from '#slices/needs/server/commands/estimate.ts';
import { campaignById } from '#slices/needs/server/queries/campaigns.ts';
import { estimatingJob, runSheet } from '#slices/needs/server/queries/estimates.ts';

export const load = page(async ({ db, actor, id }) => {
	const campaign = await campaignById(db, actor, id('id'));
	return {
		campaign,
		run: await runSheet(db, actor, campaign.id),
		underway: await estimatingJob(db, actor, campaign.id),
		can: { estimate: canRunCampaigns(actor) && campaign.status !== 'draft' }
	};
});

export const actions = formActions({
	estimate: formAction(queueEstimate, { then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) })
});
