import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { campaignsFor, campaignToRank } from '#slices/needs/server/queries/campaigns.ts';
import { unitInView } from '#slices/needs/server/queries/units.ts';
import { canPropose, readsNeeds } from '#slices/needs/proposal-access.ts';
import { passOver, takeNeed } from '#slices/needs/server/commands/propose-need.ts';
import { decisionsOf, rankingOf } from '#slices/needs/server/queries/ranking.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!readsNeeds(actor)) throw missing();
	const asked = url.searchParams.get('unit');
	const unit = await unitInView(db, actor, asked !== null && isId(asked) ? asked : null);
	const campaigns = (await campaignsFor(db, actor)).filter(({ status }) => status !== 'draft');
	const wanted = url.searchParams.get('campaign');
	const campaign = campaigns.find(({ id }) => id === wanted) ?? campaignToRank(campaigns, today);
	const ranking = campaign === null ? null : await rankingOf(db, { campaign, unit, today });
	return {
		unit,
		campaign,
		campaigns,
		needs: ranking?.needs ?? [],
		rule: ranking?.rule ?? null,
		decisions: campaign === null ? [] : await decisionsOf(db, unit.id, campaign.year),
		chosen: url.searchParams.get('need'),
		can: { propose: canPropose(actor, { unitPath: unit.path }) }
	};
});

export const actions = formActions({
	take: formAction(takeNeed, { then: ({ proposalId }) => ({ to: `/needs/proposals/${proposalId}` }) }),
	pass: formAction(passOver, { then: () => ({ say: 'needs.priority.passedNow' }) })
});
