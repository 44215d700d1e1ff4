import { invalidField, type AppError } from '#kernel/errors.ts';
import type { HeaderReading } from './columns.ts';
import { findHeader, HEADER_WITHIN, usualReading, type FileRow, type Reading } from './find-header.ts';
import type { FileShape } from './shape.ts';

/** What is kept of a file: the whitelisted columns and nothing else. `cells` follow the order of `columns`. */
export type Sheet = {
	/** Name of the kind of file. */
	kind: string;
	sheetName: string;
	headerRow: number;
	columns: { name: string; header: string }[];
	dropped: string[];
	/** Of those, headers of a column that another header had already brought. */
	doubled?: string[];
	/** Other visible sheets of the workbook, which were not read. */
	otherSheets?: string[];
	/** The workbook carries macros: they are never run, only values are read. */
	macros?: boolean;
	/** Optional columns that the file lacks: what is known of them stays as it is. */
	absent: string[];
	/** Rows of totals and signatures, left out. */
	skipped: number;
	rows: FileRow[];
};

export const MAX_ROWS = 150_000;
const MAX_TEXT = 1000;
const EXCEL_1904_DAYS = 1462;
const TOTAL = /^(grand|sub)?\s*(total|jumlah)\b/i;

type SheetSource = { name: string; rows: AsyncIterable<FileRow>; date1904?: boolean };

/**
 * Reads one sheet. Refuses: no header, required columns missing (named), no rows under the header, too many rows.
 * Cells of other columns are never looked at.
 */
export async function collectSheet(source: SheetSource, how: Reading = usualReading()): Promise<Sheet> {
	const start: FileRow[] = [];
	let sheet: OpenSheet | undefined;
	for await (const row of source.rows) {
		if (sheet) keep(sheet, row);
		else if (start.push(row) === HEADER_WITHIN) sheet = opened(source, start, how);
	}
	const { read, header } = sheet ?? opened(source, start, how);
	dropFooter(read, header.shape);
	if (read.rows.length === 0) throw refuseFile('people.import.noRows');
	return read;
}

type OpenSheet = { read: Sheet; header: HeaderReading; date1904: boolean };

export const refuseFile = (code: string, params: Record<string, string | number> = {}): AppError =>
	invalidField('file', code, params);

/** The sheet once its first rows are known: header found, what stood under it already kept. */
function opened({ name, date1904 = false }: SheetSource, start: readonly FileRow[], how: Reading): OpenSheet {
	if (start.every(({ cells }) => cells.every((cell) => cell.trim() === '')))
		throw refuseFile('people.import.emptyFile');
	const found = findHeader(start, how);
	const headerRow = found === null ? undefined : start[found.at];
	if (found === null || headerRow === undefined) throw refuseFile('people.import.noHeader');
	const { shape, kept, dropped, doubled, missing, absent } = found.reading;
	if (missing.length > 0) throw refuseFile('people.import.missingColumns', { columns: missing.join(', ') });
	const columns = kept.map(({ name: column, header }) => ({ name: column, header }));
	const read: Sheet = {
		kind: shape.name,
		sheetName: name,
		headerRow: headerRow.row,
		columns,
		dropped,
		doubled,
		absent,
		skipped: 0,
		rows: []
	};
	const sheet = { read, header: found.reading, date1904 };
	for (const row of start.slice(found.at + 1)) keep(sheet, row);
	return sheet;
}

function keep({ read, header, date1904 }: OpenSheet, row: FileRow): void {
	const cells = header.kept.map(({ at, date }) => {
		const text = cleaned(row.cells[at]);
		return date && date1904 && /^\d{4,5}(\.\d+)?$/.test(text) ? String(Number(text) + EXCEL_1904_DAYS) : text;
	});
	if (cells.every((cell) => cell === '')) {
		if (row.cells.some((cell) => cell.trim() !== '')) read.skipped++;
		return;
	}
	if (isTotal(row.cells, hasKey(read, header.shape, cells))) {
		read.skipped++;
		return;
	}
	if (read.rows.length >= MAX_ROWS) throw refuseFile('people.import.tooManyRows', { maximum: MAX_ROWS });
	read.rows.push({ row: row.row, cells });
}

/** A sum, not a NIP. */
const SUM = /^[\d.,\s%]{0,15}$/;

/** A total says so, and has no key; or nothing but numbers beside it, one of which may stand where keys do. */
function isTotal(cells: readonly string[], keyed: boolean): boolean {
	const says = (cell: string) => TOTAL.test(cell.trim());
	return (!keyed || cells.every((cell) => says(cell) || SUM.test(cell))) && cells.some(says);
}

/** Words in the place of a key are a total or a signature ("Jumlah", "Kepala Badan", "NIP. 1970…"), not somebody's. */
function hasKey(sheet: Sheet, shape: FileShape, cells: readonly string[]): boolean {
	const key = cells[sheet.columns.findIndex(({ name }) => name === shape.keyColumn)] ?? '';
	return key !== '' && !TOTAL.test(key) && !(/\s/.test(key) && /\p{L}/u.test(key));
}

/** Place, date and signature under a list: last rows without a key and with hardly a cell. */
function dropFooter(sheet: Sheet, shape: FileShape): void {
	for (let last = sheet.rows.at(-1); last; last = sheet.rows.at(-1)) {
		if (hasKey(sheet, shape, last.cells) || last.cells.filter((cell) => cell !== '').length > 2) return;
		sheet.rows.pop();
		sheet.skipped++;
	}
}

/** One line of well-formed text, trimmed: what the database takes, and what people see in the cell. */
function cleaned(cell: string | undefined): string {
	if (cell === undefined || cell === '') return '';
	// Most cells are plain; only the others pay for being mended.
	const text = /[\u0000-\u001f\u007f\u00a0\u200b\ufeff\ud800-\udfff]/.test(cell)
		? cell.toWellFormed().replace(/[\u0000-\u001f\u007f\u00a0\u200b\ufeff]+/g, ' ')
		: cell;
	return text.trim().slice(0, MAX_TEXT);
}
