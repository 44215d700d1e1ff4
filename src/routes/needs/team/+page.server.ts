import { formatNumber } from '#platform/i18n/format.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { itemsOf } from '#slices/needs/instrument.ts';
import { rateTeam } from '#slices/needs/server/commands.ts';
import { columnsOf, teamOf } from '#slices/needs/server/queries/answers.ts';
import { openCampaignNow, setupOf } from '#slices/needs/server/queries/campaigns.ts';
import { definitionInUse } from '#slices/needs/server/queries/instruments.ts';
import { teamRow } from '#slices/needs/server/team-row.ts';

export const load = page(async ({ db, actor, today }) => {
	const campaign = await openCampaignNow(db);
	const setup = campaign && (await setupOf(db, campaign.id));
	const asked = campaign !== null && setup?.raters.includes('supervisor') === true;
	const definition = await definitionInUse(db, setup?.instrumentVersionId ?? null);
	const until = setup?.raters.includes('peer') === true ? setup.adjustUntil : null;
	const adjusts = until !== null && today <= until;
	const team = campaign !== null && (asked || adjusts) ? await teamOf(db, actor, campaign) : [];
	return {
		campaign,
		/** Whose peers may still be changed, and how long. */
		peers: adjusts && team.length > 0 ? { until, people: team } : null,
		columns: asked ? await columnsOf(db, campaign.id) : [],
		team: asked ? team : [],
		/** The sheet holds levels; what else is asked of a supervisor is on each person's own form. */
		more: itemsOf(definition).some((item) => item.kind !== 'level' && item.raters.includes('supervisor'))
	};
});

export const actions = formActions({
	rate: formAction(rateTeam, {
		input: teamRow,
		then: ({ saved }) => ({ say: 'needs.team.saved', params: { count: formatNumber(saved) } })
	})
});
