import { fieldsOf } from '#platform/http/form-action.ts';
import { listedIn } from '#slices/impact/people-list.ts';

/** A plan's sheet as its commands want it: the pasted list of people taken apart. */
export function studyInput(form: FormData) {
	const { list, people, ...rest } = fieldsOf(form);
	return {
		...rest,
		...(typeof people === 'object' && people !== null && 'treatedBy' in people
			? { people: { ...people, ...(typeof list === 'string' ? { listed: listedIn(list) } : {}) } }
			: {})
	};
}
