import { invalidField, missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEdit, canEditPeople } from '#slices/impact/access.ts';
import { MOST_PEOPLE_ROWS } from '#slices/impact/input.ts';
import { calculateMeasurements, recordMeasurements } from '#slices/impact/server/commands/measure.ts';
import {
	countServices,
	recordPeopleMeasurements,
	takePredicates
} from '#slices/impact/server/commands/measure-people.ts';
import { indicatorById } from '#slices/impact/server/queries/indicators.ts';
import { measurementInput, peopleInput, tableIn } from '../import/measurement-form.ts';

export const load = page(async ({ db, actor, id, today }) => {
	if (!canEdit(actor)) throw missing();
	const indicator = await indicatorById(db, actor, id('id'));
	if (indicator.subject === 'person' && !canEditPeople(actor)) throw missing();
	return { indicator, year: Number(today.slice(0, 4)) };
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
	}),
	count: formAction(countServices, {
		input: async (form) => {
			const table = await tableIn(form, MOST_PEOPLE_ROWS);
			if (table.length === 0) throw invalidField('file', 'impact.calculate.chooseFile');
			return {
				indicatorId: form.get('indicatorId'),
				table: table.map(({ row, cells }) => ({ row, cells }))
			};
		}
	}),
	recordPeople: formAction(recordPeopleMeasurements, {
		input: peopleInput,
		then: (_, { params }) => ({ to: `/impact/indicator/${params['id']}` })
	}),
	predicates: formAction(takePredicates, {
		then: (_, { params }) => ({ to: `/impact/indicator/${params['id']}` })
	})
});
