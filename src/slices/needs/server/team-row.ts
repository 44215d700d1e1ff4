import { fieldsOf } from '#platform/http/form-action.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** A row of the team sheet as typed: cells left empty are not answers and are not sent on. */
export function teamRow(form: FormData): unknown {
	const fields = fieldsOf(form);
	const levels = Array.isArray(fields['levels']) ? fields['levels'] : [];
	return { ...fields, levels: levels.filter((cell) => isRecord(cell) && cell['level'] !== undefined) };
}
