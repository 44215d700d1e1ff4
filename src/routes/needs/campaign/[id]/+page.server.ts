import { hasAbility } from '#kernel/actor.ts';
import { isId } from '#kernel/ids.ts';
import { accountsIn } from '#platform/auth/auth.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canRunCampaigns } from '#slices/needs/access.ts';
import { NEXT } from '#slices/needs/model.ts';
import { closeCampaign, openCampaign } from '#slices/needs/server/commands.ts';
import { setUpCampaign } from '#slices/needs/server/commands/campaign.ts';
import { campaignById, progressOf, setupOf } from '#slices/needs/server/queries/campaigns.ts';
import { versionChoices } from '#slices/needs/server/queries/instruments.ts';
import { offices } from '#slices/needs/server/queries/offices.ts';
import { unitInView } from '#slices/needs/server/queries/units.ts';
import { countTarget, scopeOf } from '#slices/needs/server/target.ts';

export const load = page(async ({ db, actor, url, id, today }) => {
	const campaign = await campaignById(db, actor, id('id'));
	const asked = url.searchParams.get('unit');
	const isDraft = campaign.status === 'draft';
	const unit =
		isDraft || !hasAbility(actor, 'needs.read')
			? null
			: await unitInView(db, actor, asked !== null && isId(asked) ? asked : null);
	const runs = canRunCampaigns(actor);
	const scope = await scopeOf(db, campaign.id);
	return {
		campaign,
		setup: await setupOf(db, campaign.id),
		unit,
		progress: unit && (await progressOf(db, actor, campaign.id, unit.path)),
		preparing:
			isDraft && runs
				? {
						scope,
						count: await countTarget(db, scope, today),
						accounts: await accountsIn(actor.agencyId),
						offices: await offices(db),
						versions: await versionChoices(db, actor)
					}
				: null,
		can: {
			open: runs && NEXT[campaign.status].includes('open'),
			close: runs && NEXT[campaign.status].includes('closed'),
			remind: runs && campaign.status === 'open'
		}
	};
});

export const actions = formActions({
	setUp: formAction(setUpCampaign, { then: () => ({ say: 'needs.target.saved' }) }),
	open: formAction(openCampaign, {
		then: ({ people }) => ({ say: 'needs.campaign.opened', params: { people: formatNumber(people) } })
	}),
	close: formAction(closeCampaign, { then: () => ({ say: 'needs.campaign.closedNow' }) })
});
