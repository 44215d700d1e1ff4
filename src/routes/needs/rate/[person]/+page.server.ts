import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { answerItems } from '#slices/needs/server/commands/answer.ts';
import { filledForm } from '#slices/needs/server/filled-form.ts';
import { firstOpen } from '#slices/needs/server/first-open.ts';
import { openCampaignNow } from '#slices/needs/server/queries/campaigns.ts';
import { formOf, ratersDuties } from '#slices/needs/server/queries/duties.ts';

/** The actor's own form about a colleague or their head, if they were chosen to fill it; else it does not exist. */
export const load = page(async ({ db, actor, url, id }) => {
	const campaign = await openCampaignNow(db);
	if (campaign === null) throw missing();
	const form = await formOf(db, actor, campaign, id('person'), 'group');
	if (form === null) throw missing();
	const others = await ratersDuties(db, actor, campaign.id);
	return {
		form,
		index: firstOpen(form, url.searchParams.get('at')),
		next: others.find((one) => !one.done && one.personId !== id('person')) ?? null
	};
});

export const actions = formActions({
	answer: formAction(answerItems, {
		input: filledForm,
		then: (_, event) => ({
			to: `/needs/rate/${event.params['person']}?at=${Number(event.url.searchParams.get('at') ?? '1') + 1}`
		})
	})
});
