import { fieldsOf } from '#platform/http/form-action.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;
const HELD = ['number', 'mastery', 'words', 'codes'];

/** A screen of a form as sent without scripts: questions left empty are not answers and are not sent on. */
export function filledForm(form: FormData): unknown {
	const fields = fieldsOf(form);
	const answers = Array.isArray(fields['answers']) ? fields['answers'] : [];
	return {
		...fields,
		answers: answers.filter((one) => isRecord(one) && HELD.some((name) => one[name] !== undefined))
	};
}
