import { missing } from '#kernel/errors.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canReadCampaigns, canRunCampaigns } from '#slices/needs/access.ts';
import { DEFAULT_SETTINGS } from '#slices/needs/estimator/settings.ts';
import { setEstimator } from '#slices/needs/server/commands/estimate.ts';
import { withdrawRule } from '#slices/needs/server/commands/withdraw-rule.ts';
import { settingsHistory, settingsOn } from '#slices/needs/server/estimate/estimator-settings.ts';
import { lastEstimated, runSheet } from '#slices/needs/server/queries/estimates.ts';

export const load = page(async ({ db, actor, today }) => {
	if (!canReadCampaigns(actor)) throw missing();
	const campaign = await lastEstimated(db);
	const run = campaign && (await runSheet(db, actor, campaign.id));
	return {
		today,
		defaults: DEFAULT_SETTINGS,
		inForce: (await settingsOn(db, today)).settings,
		history: await settingsHistory(db, actor),
		last: campaign && run && { campaign, found: run.found, settings: run.settings, runAt: run.runAt },
		can: { change: canRunCampaigns(actor) }
	};
});

/** People are asked by how many levels; the estimator adds variances. A sign stays, so that the shape refuses it. */
const squared = (value: unknown): unknown =>
	typeof value === 'number' ? Math.sign(value) * value ** 2 : value;

export const actions = formActions({
	set: formAction(setEstimator, {
		input: (form) => {
			const { driftPerYear, ...fields } = fieldsOf(form);
			return { ...fields, driftPerYear: squared(driftPerYear) };
		},
		then: () => ({ say: 'needs.estimator.done' })
	}),
	withdraw: formAction(withdrawRule, { then: () => ({ say: 'needs.rule.withdrawn' }) })
});
