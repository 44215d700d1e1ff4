import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { invalidField } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Cadence } from './model.ts';
import { measuredOfText } from './numbers.ts';
import { periodOf, periodOfText } from './periods.ts';

/** One line as typed. `line` counts as a spreadsheet does, the header being 1. */
export type TypedRow = { line?: number | undefined; unit: string; month: string; value: string | number };
export type KnownUnit = { id: string; code: string | null; name: string };
export type Measurement = { unitId: string; period: CivilDate; value: number };
/** What a value of this indicator can be. */
export type Measure = {
	cadence: Cadence;
	unitOfMeasure: string;
	lowest: number | null;
	highest: number | null;
};

export type ProblemCode =
	| 'impact.import.unitUnknown'
	| 'impact.import.unitAmbiguous'
	| 'impact.import.month'
	| 'impact.import.otherCadence'
	| 'impact.import.future'
	| 'impact.import.value'
	| 'impact.import.valueMissing'
	| 'impact.import.valueAmbiguous'
	| 'impact.import.otherMeasure'
	| 'impact.import.otherMeasureInstead'
	| 'impact.import.tooLow'
	| 'impact.import.tooHigh'
	| 'impact.import.twice'
	| 'impact.import.nip'
	| 'impact.import.nipRounded'
	| 'impact.import.personUnknown'
	| 'impact.import.personLeft'
	| 'impact.import.personGone'
	| 'impact.import.personNoPost'
	| 'impact.calculate.score'
	| 'impact.calculate.noAnswer'
	| 'impact.calculate.time'
	| 'impact.calculate.notServed'
	| 'impact.calculate.servedBefore'
	| 'impact.calculate.finishedBefore'
	| 'impact.calculate.predicate'
	| 'impact.calculate.count';

/** A line, what is wrong with it, and what was typed; `other` is the figure that the sentence needs, `word` its word. */
export type Problem = {
	line: number;
	code: ProblemCode;
	params: { typed: string; other: number; word: string };
};

export const PERIOD_COLUMNS = [
	'bulan',
	'periode',
	'month',
	'period',
	'tanggal',
	'triwulan',
	'semester',
	'tahun'
] as const;
export const VALUE_COLUMNS = [
	'nilai',
	'value',
	'angka',
	'rata-rata',
	'rata rata',
	'capaian',
	'realisasi'
] as const;
const COLUMNS = {
	unit: [
		'unit',
		'kode',
		'kode unit',
		'nama unit',
		'unit kerja',
		'unit organisasi',
		'kecamatan',
		'kelurahan',
		'opd',
		'office'
	],
	month: PERIOD_COLUMNS,
	value: VALUE_COLUMNS
} as const;

export type TableRow = { row: number; cells: readonly string[] };

export const folded = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');

/** The header within the first lines: a title may stand above it. */
const HEADER_WITHIN = 10;

/**
 * Where the columns of a table are: the first line that has all those needed. Answers places by name (−1 where an
 * optional one is absent) and the lines below. Refuses: no such line.
 */
export function columnsOf<Name extends string>(
	table: readonly TableRow[],
	names: Readonly<Record<Name, readonly string[]>>,
	needed: readonly NoInfer<Name>[],
	code: string
): { at: (cells: readonly string[], name: Name) => string; lines: TableRow[] } {
	for (const [index, { cells }] of table.slice(0, HEADER_WITHIN).entries()) {
		const header = cells.map(folded);
		const place = (name: Name): number => header.findIndex((title) => names[name].includes(title));
		if (!needed.every((name) => place(name) >= 0)) continue;
		const lines = table.slice(index + 1).filter((line) => line.cells.some((cell) => cell.trim() !== ''));
		const places = new Map<Name, number>();
		return {
			at: (row, name) => {
				let found = places.get(name);
				if (found === undefined) places.set(name, (found = place(name)));
				return (row[found] ?? '').trim();
			},
			lines
		};
	}
	throw invalidField('file', code);
}

/** Lines of a table with a header (unit, period, value in any order). Refuses: no such columns. */
export function rowsOfTable(table: readonly TableRow[]): TypedRow[] {
	const { at, lines } = columnsOf(table, COLUMNS, ['unit', 'month', 'value'], 'impact.import.columns');
	return lines.map(({ row, cells }) => ({
		line: row,
		unit: at(cells, 'unit'),
		month: at(cells, 'month'),
		value: at(cells, 'value')
	}));
}

/** What was pasted: comma, semicolon or tab. */
export function tableOfText(text: string): TableRow[] {
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
		return rows.map((row, index) => ({ row: index + 1, cells: Array.isArray(row) ? row.map(String) : [] }));
	} catch (error) {
		if (error instanceof CsvError) throw invalidField('file', 'impact.import.broken');
		throw error;
	}
}

export const rowsOfFile = (text: string): TypedRow[] => rowsOfTable(tableOfText(text));

const MONTHLY: Measure = { cadence: 'month', unitOfMeasure: '', lowest: null, highest: null };

/**
 * What the lines mean: unit by id, code or name, period, value. Every problem is told with its line; good lines come
 * back in any case, so that a dry run can count them. The same value twice for a unit and period is one (`repeated`);
 * two different ones are a problem.
 */
export function readMeasurements(
	rows: readonly TypedRow[],
	units: readonly KnownUnit[],
	today: CivilDate,
	measure: Measure = MONTHLY
): { good: Measurement[]; problems: Problem[]; repeated: number } {
	const known = unitFinder(units);
	const good: Measurement[] = [];
	const problems: Problem[] = [];
	const seen = new Map<string, { line: number; value: number }>();
	let repeated = 0;
	for (const [index, row] of rows.entries()) {
		const line = row.line ?? index + 1;
		const before = problems.length;
		const bad = reporter(problems, line);
		const unit = unitIn(known(row.unit), row.unit, bad);
		const period = pastPeriod(row.month, measure.cadence, today, bad);
		const value = valueIn(row.value, measure, bad);
		if (unit === null || period === null || value === null || problems.length > before) continue;
		const key = `${unit.id} ${period}`;
		const earlier = seen.get(key);
		if (earlier === undefined) {
			seen.set(key, { line, value });
			good.push({ unitId: unit.id, period, value });
		} else if (earlier.value === value) repeated += 1;
		else bad('impact.import.twice', `${unit.name}, ${period.slice(0, 7)}`, earlier.line);
	}
	return { good, problems, repeated };
}

export type Report = (code: ProblemCode, typed: string | number, other?: number, word?: string) => void;
export const reporter =
	(problems: Problem[], line: number): Report =>
	(code, typed, other = 0, word = '') =>
		void problems.push({ line, code, params: { typed: String(typed).slice(0, 60), other, word } });

/** The one unit that was meant; null, and reported, when there is none or several. */
export function unitIn(found: readonly KnownUnit[], typed: string, bad: Report): KnownUnit | null {
	const [unit] = found;
	if (unit !== undefined && found.length === 1) return unit;
	bad(unit === undefined ? 'impact.import.unitUnknown' : 'impact.import.unitAmbiguous', typed, found.length);
	return null;
}

export function pastPeriod(typed: string, cadence: Cadence, today: CivilDate, bad: Report): CivilDate | null {
	const period = periodOfText(typed, cadence);
	if (period === 'impact.import.month' || period === 'impact.import.otherCadence') bad(period, typed);
	else if (period > today) bad('impact.import.future', typed);
	else return period;
	return null;
}

/** The period that a line of a log lies in: its date or month may be finer than the indicator's periods. */
export function periodHolding(
	typed: string,
	cadence: Cadence,
	today: CivilDate,
	bad: Report
): CivilDate | null {
	const month = periodOfText(typed);
	const fine = month !== 'impact.import.month' && month !== 'impact.import.otherCadence';
	return fine && month <= today
		? periodOf(month, cadence)
		: pastPeriod(typed, fine ? 'month' : cadence, today, bad);
}

/** The number that was meant; null, and reported, when it cannot be read. */
export function valueIn(typed: string | number, measure: Measure, bad: Report): number | null {
	const read = measuredOfText(typed, measure.unitOfMeasure);
	if (!('value' in read)) {
		if (read.code !== 'impact.import.otherMeasure') bad(read.code, typed);
		else if (read.instead === null) bad(read.code, typed, 0, measure.unitOfMeasure);
		else bad('impact.import.otherMeasureInstead', typed, read.instead, measure.unitOfMeasure);
		return null;
	}
	if (measure.lowest !== null && read.value < measure.lowest)
		bad('impact.import.tooLow', typed, measure.lowest);
	if (measure.highest !== null && read.value > measure.highest)
		bad('impact.import.tooHigh', typed, measure.highest);
	return read.value;
}

/** By id or code first: names repeat ("Sekretariat"), and then only a code can tell. */
export function unitFinder(units: readonly KnownUnit[]): (typed: string) => readonly KnownUnit[] {
	const sure = new Map(
		units.flatMap(
			(unit) => [[unit.id, [unit]], ...(unit.code ? [[folded(unit.code), [unit]] as const] : [])] as const
		)
	);
	const named = Map.groupBy(units, ({ name }) => folded(name));
	return (typed) => {
		const key = folded(typed);
		return sure.get(key) ?? named.get(key) ?? [];
	};
}

/** The same rows in one spelling, to be sent back after the dry run; four decimals are never taken for thousands. */
export const fileOfRows = (rows: readonly Measurement[], cadence: Cadence = 'month'): string =>
	[
		'unit,month,value',
		...rows.map(({ unitId, period, value }) => `${unitId},${periodText(period, cadence)},${value.toFixed(4)}`)
	].join('\n');

/** A period in the one writing that `periodOfText` takes back for this cadence. */
export function periodText(period: CivilDate, cadence: Cadence): string {
	const year = period.slice(0, 4);
	const month = Number(period.slice(5, 7));
	if (cadence === 'year') return year;
	if (cadence === 'half') return `Semester ${month > 6 ? 2 : 1} ${year}`;
	return cadence === 'quarter' ? `TW ${Math.ceil(month / 3)} ${year}` : period.slice(0, 7);
}
