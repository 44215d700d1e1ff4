import { MOST_PEOPLE_ROWS, MOST_ROWS } from '#slices/impact/input.ts';
import { rowsOfTable, tableOfText } from '#slices/impact/measurements.ts';
import { peopleRowsOfTable } from '#slices/impact/people-measurements.ts';
import { readTable } from '#slices/people/public.server.ts';

/** A header and a title stand above the rows. */
const ABOVE = 10;

/** The uploaded file, or else what was pasted, as rows of cells; none when there is nothing. */
export async function tableIn(form: FormData, most = MOST_ROWS) {
	const file = form.get('file');
	if (file instanceof File && (file.size > 0 || file.name !== ''))
		return readTable(new Uint8Array(await file.arrayBuffer()), most + ABOVE);
	const pasted = form.get('text');
	return typeof pasted === 'string' && pasted.trim() !== '' ? tableOfText(pasted) : [];
}

const reasonIn = (form: FormData) => {
	const reason = form.get('reason');
	return typeof reason === 'string' && reason.trim() !== '' ? { reason } : {};
};

export async function measurementInput(form: FormData) {
	const table = await tableIn(form);
	return {
		indicatorId: form.get('indicatorId'),
		rows: table.length === 0 ? [] : rowsOfTable(table),
		...reasonIn(form)
	};
}

export async function peopleInput(form: FormData) {
	const table = await tableIn(form, MOST_PEOPLE_ROWS);
	return {
		indicatorId: form.get('indicatorId'),
		rows: table.length === 0 ? [] : peopleRowsOfTable(table),
		...reasonIn(form)
	};
}
