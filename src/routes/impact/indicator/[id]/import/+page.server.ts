import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEdit, canEditPeople } from '#slices/impact/access.ts';
import { checkMeasurements, recordMeasurements } from '#slices/impact/server/commands/measure.ts';
import {
	checkPeopleMeasurements,
	recordPeopleMeasurements
} from '#slices/impact/server/commands/measure-people.ts';
import { indicatorById } from '#slices/impact/server/queries/indicators.ts';
import { measurementInput, peopleInput } from './measurement-form.ts';

export const load = page(async ({ db, actor, id }) => {
	if (!canEdit(actor)) throw missing();
	const indicator = await indicatorById(db, actor, id('id'));
	if (indicator.subject === 'person' && !canEditPeople(actor)) throw missing();
	return { indicator };
});

export const actions = formActions({
	check: formAction(checkMeasurements, { input: measurementInput }),
	record: formAction(recordMeasurements, {
		input: measurementInput,
		then: (_, { params }) => ({ to: `/impact/indicator/${params['id']}` })
	}),
	checkPeople: formAction(checkPeopleMeasurements, { input: peopleInput }),
	recordPeople: formAction(recordPeopleMeasurements, {
		input: peopleInput,
		then: (_, { params }) => ({ to: `/impact/indicator/${params['id']}` })
	})
});
