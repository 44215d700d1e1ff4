import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEdit } from '#slices/impact/access.ts';
import { checkMeasurements, recordMeasurements } from '#slices/impact/server/commands/measure.ts';
import { indicatorById } from '#slices/impact/server/queries/indicators.ts';
import { measurementInput } from './measurement-form.ts';

export const load = page(async ({ db, actor, id }) => {
	if (!canEdit(actor)) throw missing();
	return { indicator: await indicatorById(db, actor, id('id')) };
});

export const actions = formActions({
	check: formAction(checkMeasurements, { input: measurementInput }),
	record: formAction(recordMeasurements, {
		input: measurementInput,
		then: (_, { params }) => ({ to: `/impact/indicator/${params['id']}` })
	})
});
