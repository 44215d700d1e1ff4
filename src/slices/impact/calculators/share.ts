import {
	columnsOf,
	folded,
	periodHolding,
	reporter,
	unitFinder,
	unitIn,
	type Problem,
	type TableRow
} from '../measurements.ts';
import { gather, PERIOD_TITLES, UNIT_TITLES, type Calculated, type Circumstances } from './calculator.ts';

/** Numbers are those of SIASN. */
const PREDICATES: Readonly<Record<string, boolean>> = {
	'sangat baik': true,
	baik: true,
	'butuh perbaikan': false,
	kurang: false,
	'kurang/misconduct': false,
	'sangat kurang': false,
	'1': true,
	'2': true,
	'3': false,
	'4': false,
	'5': false
};

const PREDICATE_COLUMNS = {
	unit: UNIT_TITLES,
	period: PERIOD_TITLES,
	predicate: ['predikat', 'predikat kinerja', 'predikat skp', 'predicate']
} as const;

/** Share of staff with Baik or Sangat Baik, in percent, one line a person; who it is is not read. */
export function predicateResults(table: readonly TableRow[], of: Circumstances): Calculated {
	const { at, lines } = columnsOf(
		table,
		PREDICATE_COLUMNS,
		['unit', 'period', 'predicate'],
		'impact.calculate.predicateColumns'
	);
	const known = unitFinder(of.units);
	const problems: Problem[] = [];
	const groups = gather<boolean>();
	for (const { row, cells } of lines) {
		const bad = reporter(problems, row);
		const unit = unitIn(known(at(cells, 'unit')), at(cells, 'unit'), bad);
		const period = periodHolding(at(cells, 'period'), of.measure.cadence, of.today, bad);
		const good = PREDICATES[folded(at(cells, 'predicate'))];
		if (good === undefined) bad('impact.calculate.predicate', at(cells, 'predicate'));
		else if (unit !== null && period !== null) groups.of(unit.id, period).push(good);
	}
	const results = groups.all().map(({ unitId, period, lines: staff }) => ({
		unitId,
		period,
		value: Math.round((staff.filter(Boolean).length / staff.length) * 10_000) / 100,
		count: staff.length
	}));
	return { results, problems };
}

const COUNT_COLUMNS = {
	unit: UNIT_TITLES,
	period: PERIOD_TITLES,
	count: ['jumlah', 'jumlah layanan', 'banyaknya', 'count']
} as const;

/** Services delivered: lines of a register, or the sum of its column of numbers where it has one. */
export function countResults(table: readonly TableRow[], of: Circumstances): Calculated {
	const { at, lines } = columnsOf(table, COUNT_COLUMNS, ['unit', 'period'], 'impact.calculate.countColumns');
	const known = unitFinder(of.units);
	const problems: Problem[] = [];
	const groups = gather<number>();
	for (const { row, cells } of lines) {
		const bad = reporter(problems, row);
		const unit = unitIn(known(at(cells, 'unit')), at(cells, 'unit'), bad);
		const period = periodHolding(at(cells, 'period'), of.measure.cadence, of.today, bad);
		const typed = at(cells, 'count');
		const plain = typed.replaceAll(/(?<=\d)[.,](?=\d{3}(\D|$))/g, '');
		if (typed !== '' && !/^\d{1,9}$/.test(plain)) bad('impact.calculate.count', typed);
		else if (unit !== null && period !== null)
			groups.of(unit.id, period).push(typed === '' ? 1 : Number(plain));
	}
	const results = groups.all().map(({ unitId, period, lines: counts }) => ({
		unitId,
		period,
		value: counts.reduce((sum, one) => sum + one, 0),
		count: counts.length
	}));
	return { results, problems };
}
