import { invalidField, missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEdit } from '#slices/impact/access.ts';
import { calculateMeasurements, recordMeasurements } from '#slices/impact/server/commands/measure.ts';
import { indicatorById } from '#slices/impact/server/queries/indicators.ts';
import { measurementInput, tableIn } from '../import/measurement-form.ts';

export const load = page(async ({ db, actor, id }) => {
	if (!canEdit(actor)) throw missing();
	return { indicator: await indicatorById(db, actor, id('id')) };
});

export const actions = formActions({
	calculate: formAction(calculateMeasurements, {
		input: async (form) => {
			const table = await tableIn(form);
			if (table.length === 0) throw invalidField('file', 'impact.calculate.chooseFile');
			return {
				indicatorId: form.get('indicatorId'),
				calculator: form.get('calculator'),
				statistic: form.get('statistic'),
				table: table.map(({ row, cells }) => ({ row, cells }))
			};
		}
	}),
	record: formAction(recordMeasurements, {
		input: measurementInput,
		then: (_, { params }) => ({ to: `/impact/indicator/${params['id']}` })
	})
});
