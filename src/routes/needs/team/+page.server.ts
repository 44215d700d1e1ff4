import { formatNumber } from '#platform/i18n/format.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { rateTeam } from '#slices/needs/server/commands.ts';
import { columnsOf, teamOf } from '#slices/needs/server/queries/answers.ts';
import { openCampaignNow } from '#slices/needs/server/queries/campaigns.ts';
import { teamRow } from '#slices/needs/server/team-row.ts';

export const load = page(async ({ db, actor }) => {
	const campaign = await openCampaignNow(db);
	return {
		campaign,
		columns: campaign === null ? [] : await columnsOf(db, campaign.id),
		team: campaign === null ? [] : await teamOf(db, actor, campaign)
	};
});

export const actions = formActions({
	rate: formAction(rateTeam, {
		input: teamRow,
		then: ({ saved }) => ({ say: 'needs.team.saved', params: { count: formatNumber(saved) } })
	})
});
