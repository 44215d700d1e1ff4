import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { rateEvaluation } from '#slices/followup/server/commands/rate.ts';
import { ratingSheet } from '#slices/followup/server/queries/evaluations.ts';

export const load = page(async ({ db, actor, id, today }) => ({
	sheet: await ratingSheet(db, actor, id('id'), today)
}));

export const actions = formActions({
	default: formAction(rateEvaluation, {
		input: (form, { params }) => ({ ...fieldsOf(form), evaluationId: params['id'] }),
		then: () => ({ to: '/followup/evaluations' })
	})
});
