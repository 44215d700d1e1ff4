import type { CivilDate } from '#kernel/time.ts';
import { daysBetween, parseDateId } from '#kernel/time.ts';
import { columnsOf, reporter, unitFinder, unitIn, type Problem, type TableRow } from '../measurements.ts';
import { periodOf } from '../periods.ts';
import { gather, UNIT_TITLES, type Calculated, type Circumstances } from './calculator.ts';

const COLUMNS = {
	unit: UNIT_TITLES,
	date: ['tanggal', 'tgl', 'date', 'hari'],
	arrived: ['datang', 'jam datang', 'waktu datang', 'ambil nomor', 'arrival', 'arrived', 'masuk'],
	served: ['dilayani', 'dipanggil', 'jam dilayani', 'jam dipanggil', 'waktu dilayani', 'called', 'served'],
	finished: ['selesai', 'jam selesai', 'waktu selesai', 'finished']
} as const;

/** A clock that goes back by more than this did not pass midnight: somebody mistyped. */
const LONGEST_WAIT_PAST_MIDNIGHT = 6 * 60;
const DAY = 24 * 60;

type Moment = { day: CivilDate | null; minute: number };

/** "08:12", "08.12.30", "2026-01-05 08:12", "05/01/2026 08:12", a spreadsheet's fraction of a day; null when unreadable. */
export function momentOf(typed: string): Moment | null {
	if (/^(0?[.,]\d{3,}|\d{5}[.,]\d+)$/.test(typed)) {
		const number = Number(typed.replace(',', '.'));
		const minute = Math.round((number % 1) * DAY * 60) / 60;
		return { day: number >= 1 ? parseDateId(Math.floor(number)) : null, minute };
	}
	const [, date, hour = '', minutes = '', seconds = '0'] =
		/^(?:(\d\S*)[ T])?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(typed.trim()) ?? [];
	if (hour === '' || Number(hour) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
	const day = date === undefined ? null : parseDateId(date);
	if (date !== undefined && day === null) return null;
	return { day, minute: Number(hour) * 60 + Number(minutes) + Number(seconds) / 60 };
}

/**
 * Minutes from one moment to the next. Where the file gives times of day alone, one that goes back passed midnight if
 * that makes a believable time; else it is negative, and whoever reads the log must be told.
 */
export function minutesBetween(from: Moment, to: Moment): number {
	if (from.day !== null && to.day !== null)
		return daysBetween(from.day, to.day) * DAY + to.minute - from.minute;
	const plain = to.minute - from.minute;
	return plain < 0 && plain + DAY <= LONGEST_WAIT_PAST_MIDNIGHT ? plain + DAY : plain;
}

/** Quantile by linear interpolation between order statistics. @source Hyndman & Fan 1996, definition 7 */
export function quantile(sorted: readonly number[], share: number): number {
	const place = (sorted.length - 1) * share;
	const below = sorted[Math.floor(place)] ?? NaN;
	const above = sorted[Math.ceil(place)] ?? below;
	return below + (above - below) * (place - Math.floor(place));
}

/** What one minute is in the indicator's unit of measure. */
const PER_MINUTE: Readonly<Record<string, number>> = { detik: 60, jam: 1 / 60 };
const rounded = (value: number): number => Math.round(value * 100) / 100;

/**
 * Waiting times of every unit and period: from arrival until one is called. The period is that of the arrival. Refused
 * by line: unreadable time, never called, called before arriving, finished before called.
 */
export function queueResults(table: readonly TableRow[], of: Circumstances): Calculated {
	const { at, lines } = columnsOf(
		table,
		COLUMNS,
		['unit', 'arrived', 'served'],
		'impact.calculate.queueColumns'
	);
	const known = unitFinder(of.units);
	const problems: Problem[] = [];
	const groups = gather<number>();
	for (const { row, cells } of lines) {
		const before = problems.length;
		const bad = reporter(problems, row);
		const unit = unitIn(known(at(cells, 'unit')), at(cells, 'unit'), bad);
		const [arrival, called, done] = [at(cells, 'arrived'), at(cells, 'served'), at(cells, 'finished')];
		const arrived = momentOf(arrival);
		const served = momentOf(called);
		const finished = done === '' ? null : momentOf(done);
		if (arrived === null) bad('impact.calculate.time', arrival);
		if (called === '') bad('impact.calculate.notServed', arrival);
		else if (served === null) bad('impact.calculate.time', called);
		if (done !== '' && finished === null) bad('impact.calculate.time', done);
		const day = arrived?.day ?? parseDateId(at(cells, 'date').replace(/[ T].*$/, ''));
		if (day === null) bad('impact.import.month', at(cells, 'date'));
		else if (day > of.today) bad('impact.import.future', at(cells, 'date') || arrival);
		if (arrived === null || served === null || unit === null || day === null) continue;
		const minutes = minutesBetween(arrived, served);
		if (minutes < 0) bad('impact.calculate.servedBefore', `${arrival} → ${called}`);
		if (finished !== null && minutesBetween(served, finished) < 0)
			bad('impact.calculate.finishedBefore', `${called} → ${done}`);
		if (problems.length === before) groups.of(unit.id, periodOf(day, of.measure.cadence)).push(minutes);
	}
	const factor = PER_MINUTE[of.measure.unitOfMeasure.trim().toLowerCase()] ?? 1;
	const results = groups.all().map(({ unitId, period, lines: minutes }) => {
		const sorted = minutes.map((minute) => minute * factor).sort((a, b) => a - b);
		const queue = {
			median: rounded(quantile(sorted, 0.5)),
			mean: rounded(sorted.reduce((sum, value) => sum + value, 0) / sorted.length),
			p90: rounded(quantile(sorted, 0.9))
		};
		return { unitId, period, value: queue[of.statistic], count: sorted.length, queue };
	});
	return { results, problems };
}
