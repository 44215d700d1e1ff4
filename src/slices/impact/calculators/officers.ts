import type { CivilDate } from '#kernel/time.ts';
import {
	columnsOf,
	periodHolding,
	reporter,
	type Measure,
	type Problem,
	type TableRow
} from '../measurements.ts';
import { NIP_COLUMNS, personIn, type KnownPerson, type PersonMeasurement } from '../people-measurements.ts';
import { gather, PERIOD_TITLES } from './calculator.ts';

const COLUMNS = {
	nip: [...NIP_COLUMNS, 'petugas'],
	period: PERIOD_TITLES,
	count: ['jumlah', 'jumlah layanan', 'banyaknya', 'count']
} as const;

/** NIPs as they stand in the lines, so that only these people are looked up. */
export function nipsOfRegister(table: readonly TableRow[]): string[] {
	const { at, lines } = columnsOf(table, COLUMNS, ['nip', 'period'], 'impact.calculate.officerColumns');
	return lines.map(({ cells }) => at(cells, 'nip'));
}

/**
 * Services of every officer and period: lines of a register, or the sum of its column of numbers. Who was served, and
 * everything else in a line, is not read.
 */
export function officerCounts(
	table: readonly TableRow[],
	of: { people: readonly KnownPerson[]; today: CivilDate; measure: Measure }
): { results: PersonMeasurement[]; problems: Problem[] } {
	const { at, lines } = columnsOf(table, COLUMNS, ['nip', 'period'], 'impact.calculate.officerColumns');
	const known = new Map(of.people.map((person) => [person.nip, person]));
	const problems: Problem[] = [];
	const groups = gather<number>();
	for (const { row, cells } of lines) {
		const bad = reporter(problems, row);
		const person = personIn(known, at(cells, 'nip'), of.today, bad);
		const period = periodHolding(at(cells, 'period'), of.measure.cadence, of.today, bad);
		const typed = at(cells, 'count');
		const plain = typed.replaceAll(/(?<=\d)[.,](?=\d{3}(\D|$))/g, '');
		if (typed !== '' && !/^\d{1,9}$/.test(plain)) bad('impact.calculate.count', typed);
		else if (person !== null && period !== null)
			groups.of(person.personId, period).push(typed === '' ? 1 : Number(plain));
	}
	const results = groups.all().map(({ unitId, period, lines: counts }) => ({
		personId: unitId,
		period,
		value: counts.reduce((sum, one) => sum + one, 0)
	}));
	return { results, problems };
}
