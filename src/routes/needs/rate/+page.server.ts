import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { levelsOfAll } from '#slices/competencies/public.server.ts';
import { rateSelf } from '#slices/needs/server/commands.ts';
import { askedOf } from '#slices/needs/server/queries/answers.ts';
import { openCampaignNow } from '#slices/needs/server/queries/campaigns.ts';

/**
 * One ability a screen: the one in the address (`at`, from 1), else the first without an answer; past the last, the
 * summary. All of them come along (about 5 KB), so that a phone that loses its signal on the way can finish.
 */
export const load = page(async ({ db, actor, url }) => {
	const campaign = await openCampaignNow(db);
	const asked = campaign === null ? [] : await askedOf(db, actor, campaign.id);
	const levels = await levelsOfAll(
		db,
		asked.map((one) => one.competencyId)
	);
	const open = asked.findIndex((one) => one.level === null);
	const at = Number(url.searchParams.get('at') ?? '0');
	return {
		campaign,
		personId: actor.personId,
		asked: asked.map((one) => ({ ...one, levels: levels.get(one.competencyId) ?? [] })),
		index:
			Number.isInteger(at) && at >= 1 ? Math.min(at - 1, asked.length) : open === -1 ? asked.length : open
	};
});

export const actions = formActions({
	rate: formAction(rateSelf, {
		then: (_, event) => ({ to: `/needs/rate?at=${Number(event.url.searchParams.get('at') ?? '1') + 1}` })
	})
});
