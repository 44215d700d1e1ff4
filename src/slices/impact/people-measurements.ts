import { parseNip } from '#kernel/nip.ts';
import type { CivilDate } from '#kernel/time.ts';
import {
	columnsOf,
	pastPeriod,
	PERIOD_COLUMNS,
	periodText,
	reporter,
	VALUE_COLUMNS,
	valueIn,
	type Measure,
	type Problem,
	type Report,
	type TableRow
} from './measurements.ts';
import type { Cadence } from './model.ts';

/** One line as typed: whose, when, how much. Nothing else of a file is read, whatever its columns hold. */
export type TypedPersonRow = {
	line?: number | undefined;
	nip: string;
	month: string;
	value: string | number;
};
export type PersonMeasurement = { personId: string; period: CivilDate; value: number };

/** Somebody of this agency, as a line of a file may name them. */
export type KnownPerson = {
	personId: string;
	nip: string;
	name: string;
	/** Works here today. */
	active: boolean;
	/** Whoever left: first day without a post, null when no file said so. */
	leftOn: CivilDate | null;
	/** Never had a post, so belongs to no group. */
	posted: boolean;
};

export const NIP_COLUMNS = ['nip', 'nip baru', 'nip pegawai', 'nip petugas'] as const;
const COLUMNS = { nip: NIP_COLUMNS, month: PERIOD_COLUMNS, value: VALUE_COLUMNS };

/** Lines of a table with a header (NIP, period, value in any order). Refuses: no such columns. */
export function peopleRowsOfTable(table: readonly TableRow[]): TypedPersonRow[] {
	const { at, lines } = columnsOf(table, COLUMNS, ['nip', 'month', 'value'], 'impact.import.peopleColumns');
	return lines.map(({ row, cells }) => ({
		line: row,
		nip: at(cells, 'nip'),
		month: at(cells, 'month'),
		value: at(cells, 'value')
	}));
}

/** The 18 digits of what was typed, or null: spaces, dots and a spreadsheet's apostrophe are nothing. */
export const digitsOf = (typed: string): string | null => {
	const digits = typed
		.trim()
		.replace(/^['’`]/, '')
		.replace(/[\s.\u200B\uFEFF-]/g, '');
	return /^\d{18}$/.test(digits) ? digits : null;
};

/**
 * What the lines mean: a person by NIP, period, value. Every problem is told with its line; good lines come back in any
 * case. The same value twice for a person and period is one (`repeated`); two different ones are a problem. Whoever is not
 * of this agency is as unknown as a number that nobody has: nothing is told of another agency's people.
 */
export function readPeopleMeasurements(
	rows: readonly TypedPersonRow[],
	people: readonly KnownPerson[],
	today: CivilDate,
	measure: Measure
): { good: PersonMeasurement[]; problems: Problem[]; repeated: number } {
	const known = new Map(people.map((person) => [person.nip, person]));
	const good: PersonMeasurement[] = [];
	const problems: Problem[] = [];
	const seen = new Map<string, { line: number; value: number }>();
	let repeated = 0;
	for (const [index, row] of rows.entries()) {
		const line = row.line ?? index + 1;
		const before = problems.length;
		const bad = reporter(problems, line);
		const person = personIn(known, row.nip, today, bad);
		const period = pastPeriod(row.month, measure.cadence, today, bad);
		const value = valueIn(row.value, measure, bad);
		if (person !== null && period !== null) mayBeMeasured(person, row.nip, period, bad);
		if (person === null || period === null || value === null || problems.length > before) continue;
		const key = `${person.personId} ${period}`;
		const earlier = seen.get(key);
		if (earlier === undefined) {
			seen.set(key, { line, value });
			good.push({ personId: person.personId, period, value });
		} else if (earlier.value === value) repeated += 1;
		else bad('impact.import.twice', `${person.nip}, ${period.slice(0, 7)}`, earlier.line);
	}
	return { good, problems, repeated };
}

/** The one person that was meant; null, and reported, when the number is none, or nobody's here. */
export function personIn(
	known: ReadonlyMap<string, KnownPerson>,
	typed: string,
	today: CivilDate,
	bad: Report
): KnownPerson | null {
	const read = parseNip(typed, today);
	const digits = digitsOf(typed);
	if (digits === null) {
		const rounded = !read.ok && read.code === 'people.nip.scientificNotation';
		bad(rounded ? 'impact.import.nipRounded' : 'impact.import.nip', typed);
		return null;
	}
	const person = known.get(digits);
	if (person === undefined) {
		// Excel keeps 15 digits of a number: the last three became 000.
		bad(digits.endsWith('000') ? 'impact.import.nipRounded' : 'impact.import.personUnknown', typed);
		return null;
	}
	return person;
}

/** Somebody who had left before the period began was not measured in it; without any post they stand in no group. */
function mayBeMeasured(person: KnownPerson, typed: string, period: CivilDate, bad: Report): void {
	if (!person.posted) bad('impact.import.personNoPost', typed);
	else if (!person.active && person.leftOn === null) bad('impact.import.personGone', typed);
	else if (!person.active && person.leftOn !== null && person.leftOn <= period)
		bad('impact.import.personLeft', typed, 0, person.leftOn);
}

/** The same rows in one spelling, to be sent back after the dry run. */
export function fileOfPeople(
	rows: readonly PersonMeasurement[],
	nips: ReadonlyMap<string, string>,
	cadence: Cadence
): string {
	return [
		'nip,month,value',
		...rows.map(
			({ personId, period, value }) =>
				`${nips.get(personId) ?? ''},${periodText(period, cadence)},${value.toFixed(4)}`
		)
	].join('\n');
}
