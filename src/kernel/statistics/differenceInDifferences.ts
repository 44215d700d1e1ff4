import { eventStudy, type EventPoint } from './eventStudy.ts';
import { clusterAt, clusterCount, keptRows, panelOf, type Panel, type PanelRow } from './panel.ts';
import { pValueOf, tInterval, type Interval } from './student.ts';
import { effectsOf } from './twoWayEffects.ts';

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
	/** Where units belong to clusters: how many of these, and how many of them have a unit of either side. */
	groups?: { all: number; treated: number; comparison: number };
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

/** Before (0) or after (1), for every row, given the first start. */
function afterOf({ treated, post, periodOf, periods }: Panel, start: number): Uint8Array {
	return treated.map((side, row) =>
		side === 1 ? (post[row] ?? 0) : (periods[periodOf[row] ?? 0] ?? 0) >= start ? 1 : 0
	);
}

function startWarnings({ unitOf, units, periodOf, periods, treated, post }: Panel): PanelWarning[] {
	const starts = new Float64Array(units).fill(Infinity);
	let first = Infinity;
	const periodAt = (row: number): number => periods[periodOf[row] ?? 0] ?? 0;
	for (let row = 0; row < treated.length; row++) {
		if (treated[row] !== 1 || post[row] !== 1) continue;
		const unit = unitOf[row] ?? 0;
		starts[unit] = Math.min(periodAt(row), starts[unit] ?? Infinity);
		first = Math.min(first, periodAt(row));
	}
	let staggered = false;
	let reversal = false;
	for (let row = 0; row < treated.length; row++) {
		if (treated[row] !== 1) continue;
		const start = starts[unitOf[row] ?? 0] ?? Infinity;
		// Not by comparing starts: a month missing from one unit's record is a hole, not a later start.
		staggered ||= periodAt(row) >= first && periodAt(row) < start;
		reversal ||= post[row] !== 1 && periodAt(row) > start;
	}
	return [...(staggered ? ['staggered' as const] : []), ...(reversal ? ['reversal' as const] : [])];
}

/** Marks the rows of the units that were seen both before and after. */
function seenTwice({ unitOf, units }: Panel, after: Uint8Array): Uint8Array {
	const seen = new Uint8Array(units);
	for (let row = 0; row < after.length; row++) {
		const unit = unitOf[row] ?? 0;
		seen[unit] = (seen[unit] ?? 0) | (after[row] === 1 ? 2 : 1);
	}
	return after.map((_, row) => (seen[unitOf[row] ?? 0] === 3 ? 1 : 0));
}

function fourMeans({ treated, value }: Panel, after: Uint8Array): FourMeans {
	const sums = new Float64Array(4);
	const counts = new Float64Array(4);
	for (let row = 0; row < value.length; row++) {
		const cell = (treated[row] ?? 0) * 2 + (after[row] ?? 0);
		sums[cell] = (sums[cell] ?? 0) + (value[row] ?? 0);
		counts[cell] = (counts[cell] ?? 0) + 1;
	}
	const cell = (at: number): Cell => ({
		mean: (sums[at] ?? 0) / (counts[at] ?? 0),
		observations: counts[at] ?? 0
	});
	return {
		comparisonBefore: cell(0),
		comparisonAfter: cell(1),
		treatedBefore: cell(2),
		treatedAfter: cell(3)
	};
}

function preTrendOf(before: Panel, start: number, df: number, level: number): PreTrend | null {
	const since = before.value.map((_, row) =>
		before.treated[row] === 1 ? (before.periods[before.periodOf[row] ?? 0] ?? 0) - start : 0
	);
	const trend = effectsOf(before, since, before.value);
	if (trend === null || trend.standardError === null) return null;
	const { coefficient: slope, standardError } = trend;
	return {
		slope,
		standardError,
		pValue: pValueOf(slope, standardError, df),
		interval: tInterval(slope, standardError, df, level)
	};
}

/** Units of either side, and how many periods lie on either side of a start. */
function unitsOf({ unitOf, units, treated }: Panel): { treated: number; comparison: number } {
	const side = new Uint8Array(units);
	for (let row = 0; row < treated.length; row++) if (treated[row] === 1) side[unitOf[row] ?? 0] = 1;
	const ones = side.reduce((sum, one) => sum + one, 0);
	return { treated: ones, comparison: units - ones };
}

/** Clusters with a unit of either side; null where every unit is its own. */
function groupsOf(panel: Panel): NonNullable<DifferenceInDifferences['groups']> | null {
	if (panel.clusterOf === undefined) return null;
	const sides = new Uint8Array(clusterCount(panel));
	for (let row = 0; row < panel.treated.length; row++) {
		const group = clusterAt(panel, panel.unitOf[row] ?? 0);
		sides[group] = (sides[group] ?? 0) | (panel.treated[row] === 1 ? 2 : 1);
	}
	const having = (side: number) => sides.reduce((sum, one) => sum + ((one & side) === 0 ? 0 : 1), 0);
	return { all: sides.length, treated: having(2), comparison: having(1) };
}

const periodsBefore = ({ periods }: Panel, start: number | null): number =>
	start === null ? periods.length : periods.filter((period) => period < start).length;

/**
 * Did the treated units change more than the comparison units? Estimand: with one start, the average effect on the treated
 * over the periods after it (Card & Krueger 1994; Angrist & Pischke 2009, ch. 5). Two-way fixed effects: least squares of the value on
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
	return didOf(panelOf(panel), level);
}

/** The same for rows in columns; `bare` leaves out what is drawn and tested beside the estimate. */
export function didOf(panel: Panel, level = 0.95, { bare = false } = {}): DifferenceInDifferences {
	const sides = unitsOf(panel);
	const start = firstStart(panel);
	if (sides.treated === 0) return nothing(panel, start, 'noTreated');
	if (sides.comparison === 0) return nothing(panel, start, 'noComparison');
	if (start === null) return nothing(panel, start, 'noPost');

	const afterAll = afterOf(panel, start);
	const kept = seenTwice(panel, afterAll);
	const rows = keptRows(panel, kept);
	const clusters = unitsOf(rows);
	if (clusters.treated === 0 || clusters.comparison === 0) {
		const bare = clusters.treated === 0 ? 1 : 0;
		const everAfter = panel.treated.some((side, row) => side === bare && afterAll[row] === 1);
		return nothing(panel, start, everAfter ? 'noPre' : 'noPost');
	}

	const after = afterOf(rows, start);
	const effect = effectsOf(
		rows,
		Float64Array.from(after, (one, row) => one * (rows.treated[row] ?? 0)),
		rows.value
	);
	const warnings = startWarnings(rows);
	const fewest = Math.min(clusters.treated, clusters.comparison);
	const independent = clusterCount(rows);
	const groups = groupsOf(rows);
	const fewestGroups = groups === null ? fewest : Math.min(groups.treated, groups.comparison);
	if (independent < FEW_CLUSTERS || fewestGroups < FEW_PER_SIDE) warnings.push('fewClusters');
	const df = independent - 1;
	const prePeriods = periodsBefore(rows, start);
	const before = keptRows(
		rows,
		after.map((_, row) => ((rows.periods[rows.periodOf[row] ?? 0] ?? 0) < start ? 1 : 0))
	);
	const preTrend = !bare && prePeriods > 1 && fewest > 1 ? preTrendOf(before, start, df, level) : null;
	if (preTrend !== null && preTrend.pValue < PRE_TREND_ALARM) warnings.push('preTrend');

	const estimate = effect?.coefficient ?? null;
	const standardError = fewest > 1 ? (effect?.standardError ?? null) : null;
	const measured = estimate !== null && standardError !== null;
	const means = fourMeans(rows, after);
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
		...(groups === null ? {} : { groups }),
		unitsLeftOut: panel.units - rows.units,
		observations: rows.value.length,
		start,
		prePeriods,
		postPeriods: rows.periods.length - prePeriods,
		preTrend,
		eventStudy: bare || warnings.includes('staggered') ? [] : eventStudy(rows, start, level),
		warnings
	};
}

/** First period in which somebody counts as treated. */
function firstStart({ treated, post, periodOf, periods }: Panel): number | null {
	let first = Infinity;
	for (let row = 0; row < treated.length; row++)
		if (treated[row] === 1 && post[row] === 1) first = Math.min(first, periods[periodOf[row] ?? 0] ?? 0);
	return first === Infinity ? null : first;
}

function nothing(panel: Panel, start: number | null, warning: PanelWarning): DifferenceInDifferences {
	const prePeriods = periodsBefore(panel, start);
	return {
		estimate: null,
		standardError: null,
		df: 0,
		pValue: null,
		interval: null,
		means: null,
		rawDifference: null,
		clusters: unitsOf(panel),
		unitsLeftOut: 0,
		observations: panel.value.length,
		start,
		prePeriods,
		postPeriods: start === null ? 0 : panel.periods.length - prePeriods,
		preTrend: null,
		eventStudy: [],
		warnings: [warning]
	};
}
