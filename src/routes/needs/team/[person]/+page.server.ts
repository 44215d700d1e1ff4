import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { levelsOfAll } from '#slices/competencies/public.server.ts';
import { rateTeam } from '#slices/needs/server/commands.ts';
import { columnsOf, teamOf } from '#slices/needs/server/queries/answers.ts';
import { openCampaignNow } from '#slices/needs/server/queries/campaigns.ts';
import { teamRow } from '#slices/needs/server/team-row.ts';

export const load = page(async ({ db, actor, id }) => {
	const campaign = await openCampaignNow(db);
	if (campaign === null) throw missing();
	const team = await teamOf(db, actor, campaign);
	const at = team.findIndex((member) => member.personId === id('person'));
	const member = team[at];
	if (member === undefined) throw missing();
	const isAsked = (_: unknown, place: number) => member.asked[place] === true;
	const columns = (await columnsOf(db, campaign.id)).filter(isAsked);
	const levels = await levelsOfAll(
		db,
		columns.map((column) => column.competencyId)
	);
	const next = team[at + 1];
	return {
		campaign,
		member: { ...member, levels: member.levels.filter(isAsked), asked: member.asked.filter(isAsked) },
		next: next === undefined ? null : { personId: next.personId, name: next.name },
		columns: columns.map((column) => ({
			...column,
			headlines: (levels.get(column.competencyId) ?? []).map(({ level, headline }) => ({ level, headline }))
		}))
	};
});

export const actions = formActions({
	rate: formAction(rateTeam, { input: teamRow, then: () => ({ to: '/needs/team' }) })
});
