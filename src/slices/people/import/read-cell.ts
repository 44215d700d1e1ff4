import { parseNip, type Nip } from '#kernel/nip.ts';
import { parseDateId, type CivilDate } from '#kernel/time.ts';
import type { RowReader } from './problem.ts';

/** A date cell with a time of day is a serial with a fraction. */
export const dateIn = (text: string): CivilDate | null => parseDateId(text.replace(/^(\d{5})\.\d+$/, '$1'));

/** A date as office files hold it. Reports: empty (when it has to be there), no date. */
export function readDate(of: RowReader, column: string, needed = true): CivilDate | null {
	const text = of.cell(column);
	if (text === '' && !needed) return null;
	const date = dateIn(text);
	if (date === null) of.report(column, text === '' ? 'people.import.emptyCell' : 'people.import.invalidDate');
	return date;
}

/** Whose row it is, in files that are about people known already. */
export function readNipCell(of: RowReader, column: string, today: CivilDate): Nip | null {
	if (of.cell(column) === '') {
		of.report(column, 'people.import.emptyCell');
		return null;
	}
	const result = parseNip(of.cell(column), today);
	if (result.ok) return result;
	of.report(column, result.code, result.params);
	return null;
}

/** A year of four digits between two others, both allowed; a spreadsheet may have made a number with decimals of it. */
export function readYear(of: RowReader, column: string, from: number, to: number): number | null {
	const text = of.cell(column).replace(/\.0+$/, '');
	const year = /^\d{4}$/.test(text) ? Number(text) : NaN;
	if (year >= from && year <= to) return year;
	// As words: a figure would get its thousands.
	const years = { from: String(from), to: String(to) };
	of.report(column, text === '' ? 'people.import.emptyCell' : 'people.import.yearRange', years);
	return null;
}

/** Name and NIP as typed: what a row is found by. */
export const personLabel = (of: RowReader, name: string, nip: string): string =>
	[of.cell(name), of.cell(nip)].filter(Boolean).join(' · ');
