import { hasAbility } from '#kernel/actor.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canRunCampaigns, hasTeamToRate } from '#slices/needs/access.ts';
import { canReadForums, readsNeeds } from '#slices/needs/proposal-access.ts';
import { createCampaign } from '#slices/needs/server/commands.ts';
import { countOf } from '#slices/needs/server/first-open.ts';
import { teamOf } from '#slices/needs/server/queries/answers.ts';
import { campaignsFor, openCampaignNow, setupOf } from '#slices/needs/server/queries/campaigns.ts';
import { formOf, ratersDuties } from '#slices/needs/server/queries/duties.ts';
import { versionChoices } from '#slices/needs/server/queries/instruments.ts';

export const load = page(async ({ db, actor, today }) => {
	const open = await openCampaignNow(db);
	const raters = open === null ? [] : (await setupOf(db, open.id)).raters;
	const mine =
		open !== null && actor.personId !== null && raters.includes('self')
			? await formOf(db, actor, open, actor.personId, 'self')
			: null;
	const team =
		open && hasTeamToRate(actor) && raters.includes('supervisor') ? await teamOf(db, actor, open) : [];
	return {
		open,
		personId: actor.personId,
		asksSelf: raters.includes('self'),
		mine: mine && countOf(mine),
		others: open === null ? [] : await ratersDuties(db, actor, open.id),
		versions: await versionChoices(db, actor),
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
