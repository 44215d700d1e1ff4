import type { Facts } from '#kernel/errors.ts';

/** A row of a file as the reader gives it; `row` is its number as a spreadsheet shows it. */
export type SheetRow = { row: number; cells: string[] };

/** One thing wrong with one cell of a sheet; `code` is the message key of the reason. */
export type SheetProblem = { row: number; column: string; value: string; code: string; params: Facts };

/** What makes a spreadsheet take a text for a formula; the writer put an apostrophe before it, which is taken off again. */
const NEUTRALISED = /^'(?=[=+\-@\t\r])/;

/** Headers match whatever their case, spaces and underscores. */
const asHeader = (cell: string): string =>
	cell
		.trim()
		.toUpperCase()
		.replace(/[^A-Z0-9]+/g, '_');

const HEADER_WITHIN = 11;

export type ReadRow<Column extends string> = { row: number; cell: (column: Column) => string };

/**
 * The rows under the header, read by column; title rows may stand above it, other columns are never looked at. Null
 * with the names of the columns that are missing.
 */
export function readColumns<Column extends string>(
	rows: readonly SheetRow[],
	columns: readonly Column[],
	required: readonly Column[]
): { rows: ReadRow<Column>[]; missing: Column[] } {
	const heads = rows.slice(0, HEADER_WITHIN).map(({ cells }) => cells.map(asHeader));
	const count = (head: readonly string[]) => columns.filter((column) => head.includes(column)).length;
	const at = heads.reduce((best, head, index) => (count(head) > count(heads[best] ?? []) ? index : best), 0);
	const head = heads[at] ?? [];
	const missing = required.filter((column) => !head.includes(column));
	if (missing.length > 0) return { rows: [], missing };
	const places = new Map(columns.map((column) => [column, head.indexOf(column)]));
	return {
		missing: [],
		rows: rows.slice(at + 1).flatMap(({ row, cells }) => {
			const cell = (column: Column): string =>
				(cells[places.get(column) ?? -1] ?? '')
					.replace(/\r\n?/g, '\n')
					.trim()
					.replace(NEUTRALISED, '')
					.trim();
			return columns.every((column) => cell(column) === '') ? [] : [{ row, cell }];
		})
	};
}
