import { rowsOfFile } from '#slices/impact/measurements.ts';

const LARGEST_BYTES = 2_000_000;

/** The uploaded file, or else what was pasted, as lines; `columns` is said beside the file when there are none. */
export async function measurementInput(form: FormData) {
	const file = form.get('file');
	const pasted = form.get('text');
	const text =
		file instanceof File && file.size > 0 && file.size <= LARGEST_BYTES
			? await file.text()
			: typeof pasted === 'string'
				? pasted
				: '';
	return { indicatorId: form.get('indicatorId'), rows: text.trim() === '' ? [] : rowsOfFile(text) };
}
