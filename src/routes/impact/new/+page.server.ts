import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEdit, canEditPeople } from '#slices/impact/access.ts';
import { listedIn } from '#slices/impact/people-list.ts';
import { createStudy } from '#slices/impact/server/commands/design.ts';
import {
	indicatorById,
	indicatorsFor,
	measuredUnits,
	studyChoices
} from '#slices/impact/server/queries/indicators.ts';

export const load = page(async ({ db, actor, url }) => {
	if (!canEdit(actor)) throw missing();
	const asked = url.searchParams.get('indicator');
	const indicator = asked !== null && isId(asked) ? await indicatorById(db, actor, asked) : null;
	const ofPeople = indicator?.subject === 'person';
	if (ofPeople && !canEditPeople(actor)) throw missing();
	return {
		indicators: await indicatorsFor(db, actor),
		indicator,
		units: indicator === null || ofPeople ? [] : await measuredUnits(db, indicator.id),
		...(await studyChoices(db))
	};
});

/** The sheet lists every measured unit and other indicator; those that take no part are not sent on. */
function studyInput(form: FormData) {
	const fields = fieldsOf(form);
	const having = (name: string, key: string): unknown[] => {
		const list: unknown[] = Array.isArray(fields[name]) ? fields[name] : [];
		return list.filter((one) => typeof one === 'object' && one !== null && key in one);
	};
	const { list, people, ...rest } = fields;
	return {
		...rest,
		units: having('units', 'role'),
		outcomes: having('outcomes', 'kind'),
		...(typeof people === 'object' && people !== null && 'treatedBy' in people
			? { people: { ...people, ...(typeof list === 'string' ? { listed: listedIn(list) } : {}) } }
			: {})
	};
}

export const actions = formActions({
	default: formAction(createStudy, {
		input: studyInput,
		then: ({ studyId }) => ({ to: `/impact/${studyId}` })
	})
});
