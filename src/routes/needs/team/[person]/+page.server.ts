import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { levelsOfAll } from '#slices/competencies/public.server.ts';
import { itemsOf } from '#slices/needs/instrument.ts';
import { rateTeam } from '#slices/needs/server/commands.ts';
import { answerItems } from '#slices/needs/server/commands/answer.ts';
import { filledForm } from '#slices/needs/server/filled-form.ts';
import { firstOpen } from '#slices/needs/server/first-open.ts';
import { columnsOf, teamOf } from '#slices/needs/server/queries/answers.ts';
import { openCampaignNow, setupOf } from '#slices/needs/server/queries/campaigns.ts';
import { formOf } from '#slices/needs/server/queries/duties.ts';
import { teamRow } from '#slices/needs/server/team-row.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const campaign = await openCampaignNow(db);
	if (campaign === null) throw missing();
	const { raters } = await setupOf(db, campaign.id);
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
	const form = raters.includes('supervisor')
		? await formOf(db, actor, campaign, member.personId, 'supervisor')
		: null;
	// Levels alone fit one sheet; an instrument that asks a supervisor for more is filled in screen by screen.
	const more =
		form !== null &&
		itemsOf(form.definition).some((item) => item.kind !== 'level' && item.raters.includes('supervisor'));
	return {
		campaign,
		member: { ...member, levels: member.levels.filter(isAsked), asked: member.asked.filter(isAsked) },
		rates: form !== null,
		form: more ? form : null,
		index: more && form !== null ? firstOpen(form, url.searchParams.get('at')) : null,
		asksPeers: raters.includes('peer'),
		next: next === undefined ? null : { personId: next.personId, name: next.name },
		columns: columns.map((column) => ({
			...column,
			headlines: (levels.get(column.competencyId) ?? []).map(({ level, headline }) => ({ level, headline }))
		}))
	};
});

export const actions = formActions({
	rate: formAction(rateTeam, { input: teamRow, then: () => ({ to: '/needs/team' }) }),
	answer: formAction(answerItems, {
		input: filledForm,
		then: (_, event) => ({
			to: `/needs/team/${event.params['person']}?at=${Number(event.url.searchParams.get('at') ?? '1') + 1}`
		})
	})
});
