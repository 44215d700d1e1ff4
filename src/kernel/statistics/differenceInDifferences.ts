import { eventStudy, type EventPoint } from './eventStudy.ts';
import { pValueOf, tInterval, type Interval } from './student.ts';
import { twoWayEffects } from './twoWayEffects.ts';

/**
 * One unit in one period. `period` is a whole number that counts periods (months: year × 12 + month). `post` is
 * true in the treated unit's periods from its start on; a comparison row's flag is not read, its before and after
 * follow the first start among the treated.
 */
export type PanelRow = { unit: string; period: number; treated: boolean; post: boolean; value: number };

export type PanelWarning =
	/** No treated unit. The estimate is null. */
	| 'noTreated'
	/** No comparison unit: what would have happened anyway is unknown. The estimate is null. */
	| 'noComparison'
	/** One side has no unit seen before and after the start. The estimate is null. */
	| 'noPre'
	| 'noPost'
	/** Under 20 clusters, or under 5 on a side: the clustered interval is then too narrow (Cameron & Miller 2015, §VI). */
	| 'fewClusters'
	/** The sides were already moving apart before the start (p < 0.05). */
	| 'preTrend'
	/** Units start in different periods: units treated earlier serve as comparison for later ones (Goodman-Bacon 2021). */
	| 'staggered'
	/** A unit's `post` goes back to false: the model knows no going back. */
	| 'reversal';

type Cell = { mean: number; observations: number };
export type FourMeans = {
	treatedBefore: Cell;
	treatedAfter: Cell;
	comparisonBefore: Cell;
	comparisonAfter: Cell;
};
export type PreTrend = { slope: number; standardError: number; pValue: number; interval: Interval };

export type DifferenceInDifferences = {
	estimate: number | null;
	/** Null with a single unit on a side: the clustered formula would answer with a false near-zero. */
	standardError: number | null;
	df: number;
	pValue: number | null;
	interval: Interval | null;
	means: FourMeans | null;
	/** Difference of the four raw means; equals the estimate on a balanced panel with one start. */
	rawDifference: number | null;
	clusters: { treated: number; comparison: number };
	/** Units not seen on both sides of the start: they tell nothing about a change and are not counted. */
	unitsLeftOut: number;
	observations: number;
	/** First period of the first treated unit. */
	start: number | null;
	prePeriods: number;
	postPeriods: number;
	/** Slope of treated minus comparison per period before the start; null below two such periods. */
	preTrend: PreTrend | null;
	/** Empty when starts differ: there is no common clock to plot against. */
	eventStudy: EventPoint[];
	warnings: PanelWarning[];
};

const FEW_CLUSTERS = 20;
const FEW_PER_SIDE = 5;
const PRE_TREND_ALARM = 0.05;

type Row = PanelRow & { after: boolean };

/** Before or after, for every row, given the first start. */
function dated(rows: readonly PanelRow[], start: number): Row[] {
	return rows.map((row) => ({ ...row, after: row.treated ? row.post : row.period >= start }));
}

function startWarnings(treated: readonly PanelRow[]): PanelWarning[] {
	const starts = new Map<string, number>();
	for (const { unit, period, post } of treated) {
		if (post) starts.set(unit, Math.min(period, starts.get(unit) ?? Infinity));
	}
	const startOf = ({ unit }: PanelRow) => starts.get(unit) ?? Infinity;
	const first = Math.min(...starts.values());
	// Not by comparing starts: a month missing from one unit's record is a hole, not a later start.
	const staggered = treated.some((row) => row.period >= first && row.period < startOf(row));
	const reversal = treated.some((row) => !row.post && row.period > startOf(row));
	return [...(staggered ? ['staggered' as const] : []), ...(reversal ? ['reversal' as const] : [])];
}

/** Rows of the units that were seen both before and after. */
function seenTwice(rows: readonly Row[]): Row[] {
	const before = new Set(rows.flatMap(({ unit, after }) => (after ? [] : [unit])));
	const after = new Set(rows.flatMap((row) => (row.after ? [row.unit] : [])));
	return rows.filter(({ unit }) => before.has(unit) && after.has(unit));
}

function cell(rows: readonly Row[], treated: boolean, after: boolean): Cell {
	const values = rows.filter((row) => row.treated === treated && row.after === after);
	return {
		mean: values.reduce((sum, { value }) => sum + value, 0) / values.length,
		observations: values.length
	};
}

function preTrendOf(before: readonly Row[], start: number, df: number, level: number): PreTrend | null {
	const trend = twoWayEffects(
		before.map((row) => ({
			unit: row.unit,
			period: row.period,
			x: row.treated ? row.period - start : 0,
			y: row.value
		}))
	);
	if (trend === null || trend.standardError === null) return null;
	const { coefficient: slope, standardError } = trend;
	return {
		slope,
		standardError,
		pValue: pValueOf(slope, standardError, df),
		interval: tInterval(slope, standardError, df, level)
	};
}

const unitsOf = (rows: readonly PanelRow[]): number => new Set(rows.map(({ unit }) => unit)).size;
const periodsOf = (rows: readonly PanelRow[]): number => new Set(rows.map(({ period }) => period)).size;

/**
 * Did the treated units change more than the comparison units? Two-way fixed effects: least squares of the value on
 * treated × post with an effect for each unit and each period, standard error clustered by unit (see
 * `twoWayEffects`), t interval with G − 1 degrees of freedom. The panel may have holes.
 *
 * It assumes parallel paths: without the treatment both sides would have moved alike. That cannot be proven; the
 * pre-trend only says whether it failed before, and finds small failures badly (Roth 2022). It also assumes no
 * anticipation, no spill-over to the comparison units, and one common start: with different starts and effects that
 * grow, the estimate is a mix with possibly negative weights (Goodman-Bacon 2021) and 'staggered' is flagged.
 * Values that are no finite number must be left out by the caller (throws RangeError), as must a unit that is
 * treated in one row and not in another.
 */
export function differenceInDifferences(panel: readonly PanelRow[], level = 0.95): DifferenceInDifferences {
	requireClean(panel);
	const treatedRows = panel.filter(({ treated }) => treated);
	const starts = treatedRows.flatMap(({ post, period }) => (post ? [period] : []));
	const start = starts.length > 0 ? starts.reduce((first, period) => Math.min(first, period)) : null;
	if (treatedRows.length === 0) return nothing(panel, start, ['noTreated']);
	if (treatedRows.length === panel.length) return nothing(panel, start, ['noComparison']);
	if (start === null) return nothing(panel, start, ['noPost']);

	const all = dated(panel, start);
	const rows = seenTwice(all);
	const treatedUnits = unitsOf(rows.filter(({ treated }) => treated));
	const comparisonUnits = unitsOf(rows) - treatedUnits;
	if (treatedUnits === 0 || comparisonUnits === 0) {
		const bare = all.filter(({ treated }) => treated === (treatedUnits === 0));
		return nothing(panel, start, [bare.some(({ after }) => after) ? 'noPre' : 'noPost']);
	}

	const effect = twoWayEffects(
		rows.map(({ unit, period, treated, after, value }) => ({
			unit,
			period,
			x: treated && after ? 1 : 0,
			y: value
		}))
	);
	const warnings = startWarnings(rows.filter(({ treated }) => treated));
	const clusters = { treated: treatedUnits, comparison: comparisonUnits };
	const fewest = Math.min(treatedUnits, comparisonUnits);
	if (treatedUnits + comparisonUnits < FEW_CLUSTERS || fewest < FEW_PER_SIDE) warnings.push('fewClusters');
	const df = treatedUnits + comparisonUnits - 1;
	const before = rows.filter(({ period }) => period < start);
	const prePeriods = periodsOf(before);
	const preTrend = prePeriods > 1 && fewest > 1 ? preTrendOf(before, start, df, level) : null;
	if (preTrend !== null && preTrend.pValue < PRE_TREND_ALARM) warnings.push('preTrend');

	const estimate = effect?.coefficient ?? null;
	const standardError = fewest > 1 ? (effect?.standardError ?? null) : null;
	const measured = estimate !== null && standardError !== null;
	const means = {
		treatedBefore: cell(rows, true, false),
		treatedAfter: cell(rows, true, true),
		comparisonBefore: cell(rows, false, false),
		comparisonAfter: cell(rows, false, true)
	};
	return {
		estimate,
		standardError,
		df,
		pValue: measured ? pValueOf(estimate, standardError, df) : null,
		interval: measured ? tInterval(estimate, standardError, df, level) : null,
		means,
		rawDifference:
			means.treatedAfter.mean -
			means.treatedBefore.mean -
			(means.comparisonAfter.mean - means.comparisonBefore.mean),
		clusters,
		unitsLeftOut: unitsOf(panel) - treatedUnits - comparisonUnits,
		observations: rows.length,
		start,
		prePeriods,
		postPeriods: periodsOf(rows.filter(({ period }) => period >= start)),
		preTrend,
		eventStudy: warnings.includes('staggered') ? [] : eventStudy(rows, start, level),
		warnings
	};
}

function requireClean(panel: readonly PanelRow[]): void {
	const sides = new Map<string, boolean>();
	for (const { unit, period, treated, value } of panel) {
		if (!Number.isFinite(value)) throw new RangeError(`value of ${unit} in ${period} is no number`);
		if (!Number.isInteger(period)) throw new RangeError(`period of ${unit} is no whole number: ${period}`);
		if ((sides.get(unit) ?? treated) !== treated) throw new RangeError(`${unit} is on both sides`);
		sides.set(unit, treated);
	}
}

function nothing(
	panel: readonly PanelRow[],
	start: number | null,
	warnings: PanelWarning[]
): DifferenceInDifferences {
	const treated = unitsOf(panel.filter((row) => row.treated));
	const after = start === null ? [] : panel.filter(({ period }) => period >= start);
	const periods = periodsOf(panel);
	return {
		estimate: null,
		standardError: null,
		df: 0,
		pValue: null,
		interval: null,
		means: null,
		rawDifference: null,
		clusters: { treated, comparison: unitsOf(panel) - treated },
		unitsLeftOut: 0,
		observations: panel.length,
		start,
		prePeriods: periods - periodsOf(after),
		postPeriods: periodsOf(after),
		preTrend: null,
		eventStudy: [],
		warnings
	};
}
