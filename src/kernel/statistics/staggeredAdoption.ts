import { gathered } from './averageEffect.ts';
import { effectOnChange, type CovariateMethod } from './panelChange.ts';
import { aggregator, type Aggregates } from './staggeredAggregates.ts';

/** Units × periods, in columns so that a million of them fit. */
export type StaggeredPanel = {
	/** Whole numbers in ascending order; what is counted (months, years) is the caller's. */
	periods: readonly number[];
	/** First period in which the unit is treated, one a unit; Infinity when never. */
	starts: ArrayLike<number>;
	/** Period by period: `outcome[t * units + i]`; NaN where nothing was measured. */
	outcome: Float64Array;
	/** What was so before anybody was treated: one column for each covariate, one value a unit. */
	covariates?: readonly Float64Array[];
	/** The cluster of each unit, within which anything may go together; absent: units are independent. */
	clusterOf?: Int32Array | undefined;
};

export type StaggeredOptions = {
	/** Who stands for "without training": units never treated, or all that are not treated yet in both periods. */
	comparison?: 'never' | 'notYet';
	method?: CovariateMethod;
	/** Before the start: change from one period to the next, or from the last period before the start. */
	base?: 'varying' | 'universal';
	/** Periods before the start in which an effect may already show. */
	anticipation?: number;
};

export type GroupTimeEffect = {
	/** First treated period of the group, and the period looked at. */
	group: number;
	period: number;
	estimate: number;
	/** Null where it cannot be told: fewer than two units on a side. */
	standardError: number | null;
	treated: number;
	comparison: number;
};

export type StaggeredAdoption = {
	effects: GroupTimeEffect[];
	/** Group and period without an estimate, and why. */
	missing: { group: number; period: number; why: MissingWhy }[];
	/** Units counted: all but those treated from the first period on, which have no before. */
	units: number;
	neverTreated: number;
	alwaysTreated: number;
	/** Units with a hole: they count where they were measured. */
	unitsWithGaps: number;
} & Aggregates;

type MissingWhy = 'noUnits' | 'noComparison' | 'separated' | 'collinear' | 'noOverlap';

/**
 * Effects of a treatment that units begin at different times: Callaway & Sant'Anna (2021), Journal of Econometrics 225.
 * For each group (first treated in period g) and each period t, ATT(g, t): the group's change from the last period before
 * g to t, minus the change of units not (yet) treated. No unit treated earlier ever stands for "untreated", which is what
 * two-way fixed effects get wrong (Goodman-Bacon 2021). Estimand: the average effect on the treated of group g in t.
 *
 * Assumes parallel paths of a group and its comparison units (given the covariates) without treatment, no anticipation
 * beyond what is stated, no way back, and no spill-over. Standard errors from the influence functions, units (or the
 * clusters they are in) independent, anything goes within one. A group of one has no standard error. Units with holes count wherever both periods were
 * measured (the R package `did` drops them whole; on complete panels results agree to rounding), but a group's period in
 * which a hole left only one of its units, or of the others, enters no mean.
 *
 * Throws RangeError when the shapes do not fit each other: a caller's bug.
 */
export function staggeredAdoption(
	panel: StaggeredPanel,
	{ comparison = 'never', method = 'doublyRobust', base = 'varying', anticipation = 0 }: StaggeredOptions = {}
): StaggeredAdoption {
	const { periods, outcome } = panel;
	const all = panel.starts.length;
	requireShape(panel, all);
	const first = periods[0] ?? 0;
	const last = periods.at(-1) ?? 0;
	// Whoever starts after the last period is never seen treated.
	const starts = Float64Array.from(panel.starts, (start) => (start > last ? Infinity : start));
	const always = starts.reduce((count, start) => count + (start <= first + anticipation ? 1 : 0), 0);
	const counted = all - always;
	const groups = [...new Set(starts)]
		.filter((g) => g > first + anticipation && g <= last)
		.sort((a, b) => a - b);
	const order = byStart(starts);
	const members = new Map(groups.map((g) => [g, order.of(g)]));
	const never = order.of(Infinity);
	const columns =
		(panel.covariates ?? []).length === 0
			? null
			: [new Float64Array(all).fill(1), ...(panel.covariates ?? [])];

	const sums = aggregator({
		starts,
		groups,
		counted,
		clusterOf: panel.clusterOf,
		sizes: groups.map((g) => members.get(g)?.length ?? 0)
	});
	const effects: GroupTimeEffect[] = [];
	const missing: StaggeredAdoption['missing'] = [];
	for (const group of groups) {
		const before = periods.findLastIndex((period) => period < group - anticipation);
		for (let at_ = base === 'varying' ? 1 : 0; at_ < periods.length; at_++) {
			const period = periods[at_] ?? 0;
			const reference = base === 'universal' || at_ > before ? before : at_ - 1;
			if (reference === at_) continue;
			const later = Math.max(periods[reference] ?? 0, period);
			const others =
				comparison === 'never' ? never : without(order.after(later + anticipation), group, starts);
			const own = members.get(group) ?? never;
			const pair = pairOf(outcome, all, { from: reference, to: at_ }, own, others);
			if (pair.treated.length === 0 || pair.others.length === 0) {
				missing.push({ group, period, why: pair.treated.length === 0 ? 'noUnits' : 'noComparison' });
				continue;
			}
			const found =
				columns === null ? meansOf(pair, counted) : givenCovariates(pair, columns, counted, method);
			if (typeof found === 'string') {
				missing.push({ group, period, why: found === 'oneSide' ? 'noComparison' : found });
				continue;
			}
			const lone = Math.min(pair.treated.length, pair.others.length) < 2;
			effects.push({
				group,
				period,
				estimate: found.estimate,
				standardError: lone
					? null
					: Math.sqrt(squares(byCluster(found.influence, pair, panel.clusterOf))) / counted,
				treated: pair.treated.length,
				comparison: pair.others.length
			});
			// A hole left a single unit of more: it would take the error from every mean it enters.
			if (lone && own.length > 1 && others.length > 1) continue;
			sums.add(group, period, found, pair, lone);
		}
	}
	return {
		effects,
		missing,
		units: counted,
		neverTreated: never.length,
		alwaysTreated: always,
		unitsWithGaps: withGaps(outcome, all),
		...sums.finish()
	};
}

/** The two sides measured in both periods, and each unit's change. */
export type Pair = {
	treated: Int32Array;
	others: Int32Array;
	changeOfTreated: Float64Array;
	changeOfOthers: Float64Array;
};
/** An estimate with its influence: the treated units' values first, then the others', in the order of the pair. */
export type PairEffect = { estimate: number; influence: Float64Array };

function pairOf(
	outcome: Float64Array,
	units: number,
	{ from, to }: { from: number; to: number },
	members: Int32Array,
	others: Int32Array
): Pair {
	const before = outcome.subarray(from * units, (from + 1) * units);
	const after = outcome.subarray(to * units, (to + 1) * units);
	const side = (of: Int32Array): [Int32Array, Float64Array] => {
		const kept = new Int32Array(of.length);
		const change = new Float64Array(of.length);
		let count = 0;
		for (let at = 0; at < of.length; at++) {
			const i = of[at] ?? 0;
			const value = (after[i] ?? NaN) - (before[i] ?? NaN);
			if (Number.isNaN(value)) continue;
			kept[count] = i;
			change[count++] = value;
		}
		return [kept.subarray(0, count), change.subarray(0, count)];
	};
	const [treated, changeOfTreated] = side(members);
	const [rest, changeOfOthers] = side(others);
	return { treated, others: rest, changeOfTreated, changeOfOthers };
}

/** Without covariates: the difference of two means of changes. */
function meansOf({ changeOfTreated, changeOfOthers }: Pair, counted: number): PairEffect {
	const a = changeOfTreated.length;
	const b = changeOfOthers.length;
	const meanA = changeOfTreated.reduce((sum, value) => sum + value, 0) / a;
	const meanB = changeOfOthers.reduce((sum, value) => sum + value, 0) / b;
	const influence = new Float64Array(a + b);
	for (let i = 0; i < a; i++) influence[i] = (counted / a) * ((changeOfTreated[i] ?? 0) - meanA);
	for (let i = 0; i < b; i++) influence[a + i] = (-counted / b) * ((changeOfOthers[i] ?? 0) - meanB);
	return { estimate: meanA - meanB, influence };
}

function givenCovariates(
	pair: Pair,
	columns: readonly Float64Array[],
	counted: number,
	method: CovariateMethod
) {
	const a = pair.treated.length;
	const n = a + pair.others.length;
	const change = new Float64Array(n);
	change.set(pair.changeOfTreated);
	change.set(pair.changeOfOthers, a);
	const own = columns.map((column) => {
		const values = new Float64Array(n);
		for (let i = 0; i < n; i++) values[i] = column[(i < a ? pair.treated[i] : pair.others[i - a]) ?? 0] ?? 0;
		return values;
	});
	const found = effectOnChange(change, new Uint8Array(n).fill(1, 0, a), own, method);
	if (typeof found === 'string') return found;
	for (let i = 0; i < n; i++) found.influence[i] = (found.influence[i] ?? 0) * (counted / n);
	return found;
}

/** The influence of a pair, in its own order, summed by cluster. */
function byCluster(influence: Float64Array, { treated, others }: Pair, clusterOf: Int32Array | undefined) {
	if (clusterOf === undefined) return influence;
	const of = [...treated, ...others].map((unit) => clusterOf[unit] ?? 0);
	return gathered(influence, of);
}

function squares(values: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) ** 2;
	return sum;
}

/** The units in the order of their starts, so that every group, and all that start later, are one stretch of it. */
function byStart(starts: Float64Array) {
	const order = Int32Array.from(starts.keys()).sort((a, b) => compare(starts[a] ?? 0, starts[b] ?? 0));
	const from = (start: number): number => {
		let low = 0;
		let high = order.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((starts[order[middle] ?? 0] ?? 0) < start) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	return {
		of: (start: number): Int32Array =>
			order.subarray(from(start), start === Infinity ? undefined : from(start + 1)),
		after: (period: number): Int32Array => order.subarray(from(period + 1))
	};
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** A group stands in one stretch of a list in the order of starts: the list before and behind it. */
function without(list: Int32Array, group: number, starts: Float64Array): Int32Array {
	const from = list.findIndex((unit) => starts[unit] === group);
	if (from === -1) return list;
	const behind = list.findIndex((unit, at) => at > from && starts[unit] !== group);
	const kept = new Int32Array(from + (behind === -1 ? 0 : list.length - behind));
	kept.set(list.subarray(0, from));
	if (behind !== -1) kept.set(list.subarray(behind), from);
	return kept;
}

function withGaps(outcome: Float64Array, units: number): number {
	const holes = new Uint8Array(units);
	for (let row = 0; row < outcome.length; row++) if (Number.isNaN(outcome[row])) holes[row % units] = 1;
	return holes.reduce((sum, hole) => sum + hole, 0);
}

function requireShape({ periods, starts, outcome, covariates = [] }: StaggeredPanel, units: number): void {
	if (outcome.length !== periods.length * units)
		throw new RangeError(`${outcome.length} outcomes for ${units} units × ${periods.length} periods`);
	for (let i = 0; i < units; i++) {
		const start = starts[i];
		if (start === undefined || (start !== Infinity && !Number.isInteger(start)))
			throw new RangeError(`start of unit ${i}: ${String(start)}`);
	}
	if (periods.some((period, at) => at > 0 && period <= (periods[at - 1] ?? 0)))
		throw new RangeError('periods must ascend');
	for (const column of covariates)
		if (column.length !== units || column.some((value) => !Number.isFinite(value)))
			throw new RangeError('a covariate needs one finite number a unit');
}
