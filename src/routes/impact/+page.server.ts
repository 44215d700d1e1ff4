import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEdit, canRead } from '#slices/impact/access.ts';
import { createIndicator } from '#slices/impact/server/commands/indicator.ts';
import { canReadCostsOfEffects } from '#slices/impact/server/queries/costs.ts';
import { indicatorsFor } from '#slices/impact/server/queries/indicators.ts';
import { studiesFor } from '#slices/impact/server/queries/studies.ts';

export const load = page(async ({ db, actor }) => {
	if (!canRead(actor)) throw missing();
	const studies = await studiesFor(db, actor);
	return {
		studies: studies.map(({ id, question, indicator, program, finding }) => ({
			id,
			question,
			indicator,
			program,
			verdict: finding && finding.verdict
		})),
		indicators: await indicatorsFor(db, actor),
		can: { edit: canEdit(actor), costs: canReadCostsOfEffects(actor) }
	};
});

export const actions = formActions({
	createIndicator: formAction(createIndicator, {
		then: ({ indicatorId }) => ({ to: `/impact/indicator/${indicatorId}/import` })
	})
});
