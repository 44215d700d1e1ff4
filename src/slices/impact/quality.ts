import type { CivilDate } from '#kernel/time.ts';
import { periodAt, periodIndex } from './periods.ts';
import type { Cadence } from './model.ts';

/** What is odd about a series. Nothing is corrected or left out because of it; who uses the figures should know. */
export const QUALITY_RULES = ['redefined', 'gap', 'jump', 'constant', 'few', 'heaped'] as const;
export type QualityRule = (typeof QUALITY_RULES)[number];

export type QualityFinding = {
	rule: QualityRule;
	/** Null where it concerns every unit. */
	unitId: string | null;
	/** The period of the jump or break, the first one missing; null where it concerns the whole series. */
	period: CivilDate | null;
	/** Jump: from, to and the change usual; gap: how many are missing; few: how many there are; heaped: share and count. */
	params: Record<string, number>;
};

export type CheckedSeries = { unitId: string; points: readonly { month: CivilDate; value: number }[] };
type Checked = { cadence: Cadence; breaks: readonly CivilDate[]; series: readonly CheckedSeries[] };

export const FEWEST_POINTS = 8;
const JUMP_FROM = 8;
const JUMP_DEVIATIONS = 5;
const CONSTANT_FROM = 4;
const HEAPED_FROM = 12;
const HEAPED_SHARE = 0.5;
const HEAPED_BY_CHANCE = 0.001;
/** Steps of the last written digit that the series must span: small counts end in 0 and 5 by themselves. */
const HEAPED_SPAN = 20;

/** Findings of all series of one indicator, by rule in the order above. */
export function qualityOf({ cadence, breaks, series }: Checked): QualityFinding[] {
	const latest = series.reduce(
		(last, { points }) => Math.max(last, periodIndex(points.at(-1)?.month ?? '0001-01-01', cadence)),
		0
	);
	const found = series.flatMap(({ unitId, points }) => {
		const known = points.map(({ month, value }) => ({ at: periodIndex(month, cadence), value }));
		const broken = new Set(breaks.map((month) => periodIndex(month, cadence)));
		const of = (rule: QualityRule, at: number | null, params: Record<string, number>): QualityFinding => ({
			rule,
			unitId,
			period: at === null ? null : periodAt(at, cadence),
			params
		});
		const values = known.map(({ value }) => value);
		const constant = values.length >= CONSTANT_FROM && values.every((value) => value === values[0]);
		return [
			...gapsOf(known, latest).map(({ from, missing }) => of('gap', from, { missing })),
			...jumpsOf(known, broken).map(({ at, ...params }) => of('jump', at, params)),
			...(constant ? [of('constant', null, { points: values.length, value: values[0] ?? 0 })] : []),
			...(values.length < FEWEST_POINTS
				? [of('few', null, { points: values.length, needed: FEWEST_POINTS })]
				: []),
			...heapsOf(constant ? [] : values).map((params) => of('heaped', null, params))
		];
	});
	const first = series.reduce(
		(least, { points }) => (points[0] && points[0].month < least ? points[0].month : least),
		'9999-12-01'
	);
	const redefined = breaks
		.filter((month) => month > first && periodIndex(month, cadence) <= latest)
		.map((period): QualityFinding => ({ rule: 'redefined', unitId: null, period, params: {} }));
	return [...redefined, ...found].sort(
		(a, b) => QUALITY_RULES.indexOf(a.rule) - QUALITY_RULES.indexOf(b.rule)
	);
}

type Point = { at: number; value: number };

/** Runs of missing periods inside a unit's series, and from its end to the newest period of any unit. */
function gapsOf(points: readonly Point[], latest: number): { from: number; missing: number }[] {
	return points.flatMap(({ at }, index) => {
		const next = points[index + 1]?.at ?? latest + 1;
		return next - at > 1 ? [{ from: at + 1, missing: next - at - 1 }] : [];
	});
}

/**
 * Changes from one period to the next of more than five median absolute deviations of the unit's own changes, taken
 * about zero: about their median, a series that goes up and down by turns would be nothing but jumps. The median keeps
 * a jump from hiding itself. Changes across a gap or a new definition are no jumps; where most periods bring no change
 * at all (deviation 0), nothing can be called unusual.
 */
function jumpsOf(points: readonly Point[], breaks: ReadonlySet<number>) {
	if (points.length < JUMP_FROM) return [];
	const changes = points.flatMap((point, index) => {
		const before = points[index - 1];
		return before !== undefined && point.at - before.at === 1 && !breaks.has(point.at)
			? [{ at: point.at, from: before.value, to: point.value, change: point.value - before.value }]
			: [];
	});
	const usual = medianOf(changes.map(({ change }) => Math.abs(change)));
	if (!(usual > 0)) return [];
	return changes.flatMap(({ at, from, to, change }) =>
		Math.abs(change) > JUMP_DEVIATIONS * usual ? [{ at, from, to, usual }] : []
	);
}

/** NaN of nothing. */
function medianOf(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const half = Math.floor(sorted.length / 2);
	const upper = sorted[half] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}

/**
 * Last written digits 0 and 5, of which a fifth is to be expected: more than half, and so many as chance gives less
 * than once in a thousand, look guessed rather than measured.
 */
function heapsOf(values: readonly number[]): { share: number; points: number }[] {
	if (values.length < HEAPED_FROM) return [];
	const decimals = Math.max(...values.map(decimalsOf));
	const steps = values.map((value) => Math.round(Math.abs(value) * 10 ** decimals));
	if (Math.max(...steps) - Math.min(...steps) < HEAPED_SPAN) return [];
	const round = steps.filter((step) => step % 5 === 0).length;
	const share = round / steps.length;
	return share > HEAPED_SHARE && atLeast(round, steps.length, 0.2) < HEAPED_BY_CHANCE
		? [{ share, points: steps.length }]
		: [];
}

const decimalsOf = (value: number): number => (String(value).split('.')[1] ?? '').length;

/** P(X ≥ k) of a binomial distribution, summed term by term from logarithms. */
function atLeast(k: number, n: number, p: number): number {
	let total = 0;
	let choose = 0;
	for (let i = 0; i <= n; i++) {
		if (i > 0) choose += Math.log((n - i + 1) / i);
		if (i >= k) total += Math.exp(choose + i * Math.log(p) + (n - i) * Math.log(1 - p));
	}
	return total;
}
