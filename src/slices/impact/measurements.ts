import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { invalidField } from '#kernel/errors.ts';
import { isValidDate, parseDateId, type CivilDate } from '#kernel/time.ts';

/** One line as typed. `line` counts as a spreadsheet does, the header being 1. */
export type TypedRow = { line?: number | undefined; unit: string; month: string; value: string | number };
export type KnownUnit = { id: string; code: string | null; name: string };
export type Measurement = { unitId: string; period: CivilDate; value: number };

export type Problem = {
	line: number;
	code:
		| 'impact.import.unitUnknown'
		| 'impact.import.unitAmbiguous'
		| 'impact.import.month'
		| 'impact.import.future'
		| 'impact.import.value'
		| 'impact.import.valueAmbiguous'
		| 'impact.import.twice';
	params: { typed: string; other: number };
};

const COLUMNS = {
	unit: ['unit', 'kode unit', 'nama unit', 'unit kerja', 'kecamatan', 'kelurahan', 'opd', 'office'],
	month: ['bulan', 'periode', 'month', 'period', 'tanggal'],
	value: ['nilai', 'value', 'angka', 'rata-rata', 'rata rata']
} as const;

/** Lines of a CSV with a header (unit, month, value in any order; comma, semicolon or tab). Refuses: no such columns. */
export function rowsOfFile(text: string): TypedRow[] {
	const records = recordsOf(text);
	const header = (records[0]?.cells ?? []).map((name) => name.trim().toLowerCase());
	const at = (names: readonly string[]) => header.findIndex((name) => names.includes(name));
	const [unit, month, value] = [at(COLUMNS.unit), at(COLUMNS.month), at(COLUMNS.value)];
	if (unit === -1 || month === -1 || value === -1) throw invalidField('file', 'impact.import.columns');
	return records
		.slice(1)
		.flatMap(({ line, cells }) =>
			cells.every((cell) => cell.trim() === '')
				? []
				: [{ line, unit: cells[unit] ?? '', month: cells[month] ?? '', value: cells[value] ?? '' }]
		);
}

function recordsOf(text: string): { line: number; cells: string[] }[] {
	const body = text.replace(/^\uFEFF/, '');
	const head = body.slice(0, body.search(/[\r\n]|$/));
	const delimiter = [';', '\t', ','].find((candidate) => head.includes(candidate)) ?? ',';
	try {
		// Without a `columns` option every record is a list of strings.
		const rows: unknown[] = parse(body, {
			delimiter,
			relax_column_count: true,
			relax_quotes: true,
			skip_empty_lines: false
		});
		return rows.map((row, index) => ({ line: index + 1, cells: Array.isArray(row) ? row.map(String) : [] }));
	} catch (error) {
		if (error instanceof CsvError) throw invalidField('file', 'impact.import.broken');
		throw error;
	}
}

const folded = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');

/**
 * What the lines mean: unit by id, code or name, month, value. Every problem is told with its line; good lines come
 * back in any case, so that a dry run can count them.
 */
export function readMeasurements(
	rows: readonly TypedRow[],
	units: readonly KnownUnit[],
	today: CivilDate
): { good: Measurement[]; problems: Problem[] } {
	const known = unitFinder(units);
	const good: Measurement[] = [];
	const problems: Problem[] = [];
	const seen = new Map<string, number>();
	for (const [index, row] of rows.entries()) {
		const line = row.line ?? index + 1;
		const bad = (code: Problem['code'], typed: string | number, other = 0) =>
			void problems.push({ line, code, params: { typed: String(typed).slice(0, 60), other } });
		const found = known(row.unit);
		const period = monthOfText(row.month);
		const value = numberOfText(row.value);
		if (found.length !== 1)
			bad(found.length === 0 ? 'impact.import.unitUnknown' : 'impact.import.unitAmbiguous', row.unit);
		if (period === null) bad('impact.import.month', row.month);
		else if (period > today) bad('impact.import.future', row.month);
		if (typeof value === 'string') bad(value, row.value);
		const [unit] = found;
		if (
			unit === undefined ||
			found.length > 1 ||
			period === null ||
			period > today ||
			typeof value === 'string'
		)
			continue;
		const earlier = seen.get(`${unit.id} ${period}`);
		if (earlier !== undefined) bad('impact.import.twice', `${unit.name}, ${period.slice(0, 7)}`, earlier);
		else {
			seen.set(`${unit.id} ${period}`, line);
			good.push({ unitId: unit.id, period, value });
		}
	}
	return { good, problems };
}

/** By id or code first: names repeat ("Sekretariat"), and then only a code can tell. */
function unitFinder(units: readonly KnownUnit[]): (typed: string) => readonly KnownUnit[] {
	const sure = new Map(
		units.flatMap(
			(unit) => [[unit.id, unit], ...(unit.code ? [[folded(unit.code), unit] as const] : [])] as const
		)
	);
	const named = Map.groupBy(units, ({ name }) => folded(name));
	return (typed) => {
		const key = folded(typed);
		const unit = sure.get(key);
		return unit ? [unit] : (named.get(key) ?? []);
	};
}

const MONTHS = [
	'januari',
	'februari',
	'maret',
	'april',
	'mei',
	'juni',
	'juli',
	'agustus',
	'september',
	'oktober',
	'november',
	'desember'
];

/** 2026-03, 2026-03-15, 03/2026, 15/03/2026, Maret 2026, Mar 2026 → the first day of that month; null when it is none. */
export function monthOfText(text: string): CivilDate | null {
	const typed = folded(text);
	const iso = /^(\d{4})[-/](\d{1,2})$/.exec(typed);
	const turned = /^(\d{1,2})[-/](\d{4})$/.exec(typed);
	const worded = /^([a-z]{3,})\.? (\d{4})$/.exec(typed);
	const word = worded?.[1] ?? '';
	const found = worded
		? MONTHS.findIndex((name) => name.startsWith(word)) + 1
		: Number(iso?.[2] ?? turned?.[1] ?? 0);
	const year = iso?.[1] ?? turned?.[2] ?? worded?.[2];
	const date = year === undefined ? parseDateId(typed) : `${year}-${String(found).padStart(2, '0')}-01`;
	return date !== null && isValidDate(date) ? `${date.slice(0, 7)}-01` : null;
}

/** What numeric(14,4) holds. */
const LARGEST = 9_999_999_999;

/**
 * "12,5", "12.5", "1.234,5" and "1,234.5" are clear. "1.234" is not: a thousand and more here, one and a bit elsewhere;
 * whoever means it must say so. Answers the number or the problem.
 */
export function numberOfText(
	typed: string | number
): number | 'impact.import.value' | 'impact.import.valueAmbiguous' {
	if (typeof typed === 'number')
		return Number.isFinite(typed) && Math.abs(typed) <= LARGEST ? typed : 'impact.import.value';
	const text = typed.trim().replace('−', '-');
	const fraction = /^-?0[.,]/.test(text);
	if (!fraction && /^-?\d{1,3}[.,]\d{3}$/.test(text)) return 'impact.import.valueAmbiguous';
	let plain = text.replace(',', '.');
	if (!fraction && /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text))
		plain = text.replaceAll('.', '').replace(',', '.');
	if (!fraction && /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) plain = text.replaceAll(',', '');
	if (!/^-?\d+(\.\d+)?$/.test(plain)) return 'impact.import.value';
	const value = Number(plain);
	return Math.abs(value) <= LARGEST ? value : 'impact.import.value';
}

/** The same rows in one spelling, to be sent back after the dry run; four decimals are never taken for thousands. */
export const fileOfRows = (rows: readonly Measurement[]): string =>
	[
		'unit,month,value',
		...rows.map(({ unitId, period, value }) => `${unitId},${period.slice(0, 7)},${value.toFixed(4)}`)
	].join('\n');
