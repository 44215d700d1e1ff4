import { hasAbility } from '#kernel/actor.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canRunCampaigns, hasTeamToRate } from '#slices/needs/access.ts';
import { canReadForums, readsNeeds } from '#slices/needs/proposal-access.ts';
import { createCampaign } from '#slices/needs/server/commands.ts';
import { askedOf, teamOf } from '#slices/needs/server/queries/answers.ts';
import { campaignsFor, openCampaignNow } from '#slices/needs/server/queries/campaigns.ts';

export const load = page(async ({ db, actor, today }) => {
	const open = await openCampaignNow(db);
	const mine = open && (await askedOf(db, actor, open.id));
	const team = open && hasTeamToRate(actor) ? await teamOf(db, actor, open) : [];
	return {
		open,
		personId: actor.personId,
		mine: mine && { total: mine.length, done: mine.filter((one) => one.level !== null).length },
		team: { total: team.length, done: team.filter((one) => !one.levels.includes(null)).length },
		campaigns: await campaignsFor(db, actor),
		year: Number(today.slice(0, 4)) + 1,
		can: {
			run: canRunCampaigns(actor),
			readHeat: hasAbility(actor, 'needs.read'),
			readNeeds: readsNeeds(actor),
			readReports: canReadForums(actor)
		}
	};
});

export const actions = formActions({
	create: formAction(createCampaign, { then: ({ campaignId }) => ({ to: `/needs/campaign/${campaignId}` }) })
});
