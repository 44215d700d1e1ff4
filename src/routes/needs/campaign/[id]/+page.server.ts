import { hasAbility } from '#kernel/actor.ts';
import { isId } from '#kernel/ids.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canRunCampaigns } from '#slices/needs/access.ts';
import { NEXT } from '#slices/needs/model.ts';
import { closeCampaign, openCampaign } from '#slices/needs/server/commands.ts';
import { campaignById, progressOf } from '#slices/needs/server/queries/campaigns.ts';
import { unitInView } from '#slices/needs/server/queries/units.ts';

export const load = page(async ({ db, actor, url, id }) => {
	const campaign = await campaignById(db, actor, id('id'));
	const asked = url.searchParams.get('unit');
	const unit =
		campaign.status === 'draft' || !hasAbility(actor, 'needs.read')
			? null
			: await unitInView(db, actor, asked !== null && isId(asked) ? asked : null);
	const runs = canRunCampaigns(actor);
	return {
		campaign,
		unit,
		progress: unit && (await progressOf(db, actor, campaign.id, unit.path)),
		can: {
			open: runs && NEXT[campaign.status].includes('open'),
			close: runs && NEXT[campaign.status].includes('closed')
		}
	};
});

export const actions = formActions({
	open: formAction(openCampaign, {
		then: ({ people }) => ({ say: 'needs.campaign.opened', params: { people: formatNumber(people) } })
	}),
	close: formAction(closeCampaign, { then: () => ({ say: 'needs.campaign.closedNow' }) })
});
