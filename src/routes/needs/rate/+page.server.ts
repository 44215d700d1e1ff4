import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { answerItems } from '#slices/needs/server/commands/answer.ts';
import { filledForm } from '#slices/needs/server/filled-form.ts';
import { firstOpen } from '#slices/needs/server/first-open.ts';
import { openCampaignNow } from '#slices/needs/server/queries/campaigns.ts';
import { formOf, ratersDuties } from '#slices/needs/server/queries/duties.ts';

/**
 * The form about oneself, one screen at a time. All of it comes along (about 5 KB compressed), so that a phone that
 * loses its signal on the way can finish.
 */
export const load = page(async ({ db, actor, url }) => {
	const campaign = await openCampaignNow(db);
	const form =
		campaign === null || actor.personId === null
			? null
			: await formOf(db, actor, campaign, actor.personId, 'self');
	return {
		campaign,
		personId: actor.personId,
		form,
		index: form === null ? null : firstOpen(form, url.searchParams.get('at')),
		others: campaign === null ? [] : await ratersDuties(db, actor, campaign.id)
	};
});

export const actions = formActions({
	answer: formAction(answerItems, {
		input: filledForm,
		then: (_, event) => ({ to: `/needs/rate?at=${Number(event.url.searchParams.get('at') ?? '1') + 1}` })
	})
});
