import { logit } from './logit.ts';
import type { Columns } from './matrix.ts';
import { standardised } from './averageEffect.ts';
import { normalReach } from './normal.ts';
import type { Interval } from './student.ts';

export type MatchingOptions = {
	/** Comparison people for each treated one. */
	ratio?: number;
	/** May one person stand for several treated ones? */
	replacement?: boolean;
	/** Farthest match, in standard deviations of the propensity; null for no limit. */
	caliper?: number | null;
	/** Only people of the same stratum are matched. */
	exact?: readonly string[];
	level?: number;
};

export type Matched = {
	/** The treated one, and whom it was matched with, as places in the data. */
	pairs: { treated: number; comparison: Int32Array }[];
	/** Treated people without anybody like them: the effect says nothing about them. */
	unmatched: Int32Array;
	propensity: Float64Array;
	/** 1 for a matched treated one; for the others how much they stand for. */
	weights: Float64Array;
};
export type MatchedEffect = Matched & {
	estimate: number;
	standardError: number | null;
	interval: Interval | null;
};
export type NoMatch = 'oneSide' | 'separated' | 'collinear' | 'noOverlap';

/**
 * Nearest neighbours on the propensity score (Rosenbaum & Rubin 1983, 1985). Each treated one, the highest score first, gets
 * the nearest of the comparison people (of those within the caliper, of the same stratum); at equal distance the first in
 * the data. Nobody is drawn by chance: the same data give the same pairs. `covariates` as columns without the constant.
 */
export function matchNearest(
	treated: Uint8Array,
	covariates: Columns,
	{ ratio = 1, replacement = false, caliper = 0.2, exact }: MatchingOptions = {}
): Matched | NoMatch {
	const n = treated.length;
	const model = logit([new Float64Array(n).fill(1), ...covariates.map(standardised)], treated);
	if (!model.converged) return model.why;
	const score = model.probability;
	const reach = caliper === null ? Infinity : caliper * spreadOf(score);
	const pools = new Map<string, Pool>();
	const byStratum = Map.groupBy(
		[...treated.keys()].filter((i) => treated[i] === 0),
		(i) => exact?.[i] ?? ''
	);
	for (const [stratum, members] of byStratum) pools.set(stratum, poolOf(members, score));
	const order = [...treated.keys()]
		.filter((i) => treated[i] === 1)
		.sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
	const poolAt = (i: number): Pool | undefined => pools.get(exact?.[i] ?? '');
	const chosen = new Map<number, number[]>(
		order.map((i) => [i, replacement ? severalNearest(poolAt(i), score[i] ?? 0, reach, ratio) : []])
	);
	// Round by round, as MatchIt does: nobody gets a second match before everybody had a chance of a first.
	for (let round = 0; round < ratio && !replacement; round++) {
		for (const [i, own] of chosen) {
			if (own.length < round) continue;
			const taken = takeNearest(poolAt(i), score[i] ?? 0, reach);
			if (taken !== null) own.push(taken);
		}
	}
	const unmatched = order.filter((i) => chosen.get(i)?.length === 0);
	const weights = new Float64Array(n);
	const pairs = order
		.filter((i) => chosen.get(i)?.length !== 0)
		.sort((a, b) => a - b)
		.map((i) => {
			const comparison = Int32Array.from(chosen.get(i) ?? []);
			weights[i] = 1;
			for (const j of comparison) weights[j] = (weights[j] ?? 0) + 1 / comparison.length;
			return { treated: i, comparison };
		});
	if (pairs.length === 0) return 'noOverlap';
	return { pairs, unmatched: Int32Array.from(unmatched).sort(), propensity: score, weights };
}

/**
 * The average effect on the treated who found a match. Error by Abadie & Imbens (2006, theorem 7, Econometrica 74): scatter of
 * the pairs' differences, and for comparison people used k times k(k − 1) times their own scatter, told from the nearest
 * of their side; the scores count as known. Assumes that nothing but the covariates decided both treatment and outcome.
 */
export function matchedEffect(
	y: Float64Array,
	treated: Uint8Array,
	covariates: Columns,
	options: MatchingOptions = {}
): MatchedEffect | NoMatch {
	const matched = matchNearest(treated, covariates, options);
	if (typeof matched === 'string') return matched;
	const { pairs, propensity } = matched;
	const differences = pairs.map(({ treated: i, comparison }) => {
		const mean = comparison.reduce((sum, j) => sum + (y[j] ?? 0), 0) / comparison.length;
		return (y[i] ?? 0) - mean;
	});
	const count = differences.length;
	const estimate = differences.reduce((sum, value) => sum + value, 0) / count;
	const level = options.level ?? 0.95;
	if (count < 2) return { ...matched, estimate, standardError: null, interval: null };
	const scatter = differences.reduce((sum, value) => sum + (value - estimate) ** 2, 0);
	// Σw² beside (Σw)²: how much more a person stands for than one pair.
	const own = new Float64Array(y.length);
	for (const { comparison } of pairs)
		for (const j of comparison) own[j] = (own[j] ?? 0) + 1 / comparison.length ** 2;
	const others = [...treated.keys()]
		.filter((i) => treated[i] === 0)
		.sort((a, b) => (propensity[a] ?? 0) - (propensity[b] ?? 0));
	let reuse = 0;
	others.forEach((j, place) => {
		const extra = (matched.weights[j] ?? 0) ** 2 - (own[j] ?? 0);
		if (extra <= 1e-12) return;
		const twin = nearestBeside(others, place, propensity);
		if (twin !== null) reuse += (extra * ((y[j] ?? 0) - (y[twin] ?? 0)) ** 2) / 2;
	});
	const standardError = Math.sqrt(scatter + reuse) / count;
	const margin = normalReach(level) * standardError;
	return {
		...matched,
		estimate,
		standardError,
		interval: { lower: estimate - margin, upper: estimate + margin, level }
	};
}

export type Balance = {
	/** Difference of the means in standard deviations of the treated, before and after. Under 0.1 is called balanced. */
	before: number;
	after: number;
};

/** For a love plot: how far apart the two sides were in each covariate, and are among the matched (or weighted). */
export function balanceOf(treated: Uint8Array, covariates: Columns, weights: Float64Array): Balance[] {
	return covariates.map((column) => {
		const even = new Float64Array(column.length).fill(1);
		const before = sidesOf(column, treated, even);
		const after = sidesOf(column, treated, weights);
		const unit = Math.sqrt(before.variance) || 1;
		return { before: before.difference / unit, after: after.difference / unit };
	});
}

function sidesOf(column: Float64Array, treated: Uint8Array, weights: Float64Array) {
	const mean = [0, 1].map((side) => {
		let sum = 0;
		let mass = 0;
		column.forEach((value, i) => {
			if (treated[i] !== side) return;
			sum += (weights[i] ?? 0) * value;
			mass += weights[i] ?? 0;
		});
		return sum / mass;
	});
	const count = treated.reduce((sum, side) => sum + side, 0);
	const centre = column.reduce((sum, value, i) => sum + (treated[i] === 1 ? value : 0), 0) / count;
	const variance =
		column.reduce((sum, value, i) => sum + (treated[i] === 1 ? (value - centre) ** 2 : 0), 0) /
		Math.max(1, count - 1);
	return { difference: (mean[1] ?? 0) - (mean[0] ?? 0), variance };
}

function spreadOf(values: Float64Array): number {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/**
 * Comparison people in the order of their scores. Who is used up is skipped in one step: `left` and `right` lead to the
 * next who is free (union-find with path halving).
 */
type Pool = { members: Int32Array; scores: Float64Array; left: Int32Array; right: Int32Array };

function poolOf(members: readonly number[], score: Float64Array): Pool {
	const order = Int32Array.from(members).sort((a, b) => (score[a] ?? 0) - (score[b] ?? 0) || a - b);
	const places = order.length;
	return {
		members: order,
		scores: Float64Array.from(order, (i) => score[i] ?? 0),
		// Place p of the pool is p + 1 here, so that both ends have a stop.
		left: Int32Array.from({ length: places + 2 }, (_, at) => at),
		right: Int32Array.from({ length: places + 2 }, (_, at) => at)
	};
}

function free(leads: Int32Array, from: number): number {
	let at = from;
	while (leads[at] !== at) {
		const next = leads[leads[at] ?? 0] ?? 0;
		leads[at] = next;
		at = next;
	}
	return at;
}

/** The nearest within reach who is free, and uses them up; of several at one distance the first in the data. */
function takeNearest(pool: Pool | undefined, score: number, reach: number): number | null {
	if (pool === undefined) return null;
	const { members, scores, left, right } = pool;
	const from = placeOf(scores, score);
	const down = free(left, from);
	const up = free(right, from + 1);
	const below = down >= 1 ? score - (scores[down - 1] ?? 0) : Infinity;
	const above = up <= members.length ? (scores[up - 1] ?? 0) - score : Infinity;
	const distance = Math.min(below, above);
	if (distance === Infinity || distance > reach) return null;
	let place = up;
	if (below <= above) {
		const lowest = lowestEqual(pool, down);
		if (below < above || (members[lowest - 1] ?? 0) < (members[up - 1] ?? 0)) place = lowest;
	}
	left[place] = place - 1;
	right[place] = place + 1;
	return members[place - 1] ?? null;
}

/** The nearest `count` within reach, whoever else has them; of several at one distance the first in the data. */
function severalNearest(pool: Pool | undefined, score: number, reach: number, count: number): number[] {
	if (pool === undefined) return [];
	const { members, scores } = pool;
	let up = placeOf(scores, score);
	let down = up - 1;
	const found: { member: number; distance: number }[] = [];
	for (;;) {
		const below = down >= 0 ? score - (scores[down] ?? 0) : Infinity;
		const above = up < members.length ? (scores[up] ?? 0) - score : Infinity;
		const distance = Math.min(below, above);
		if (distance === Infinity || distance > reach) break;
		// All at the last distance are looked at before the first of them are taken.
		if (found.length >= count && distance > (found.at(-1)?.distance ?? 0)) break;
		found.push({ member: members[below <= above ? down-- : up++] ?? 0, distance });
	}
	return found
		.sort((a, b) => a.distance - b.distance || a.member - b.member)
		.slice(0, count)
		.map(({ member }) => member);
}

/** First place whose score is not below. */
function placeOf(scores: Float64Array, score: number): number {
	let low = 0;
	let high = scores.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((scores[middle] ?? 0) < score) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The lowest free place of the same score. */
function lowestEqual({ scores, left }: Pool, place: number): number {
	let lowest = place;
	for (
		let next = free(left, place - 1);
		next >= 1 && scores[next - 1] === scores[place - 1];
		next = free(left, next - 1)
	)
		lowest = next;
	return lowest;
}

/** Next in score on the same side. */
function nearestBeside(order: readonly number[], place: number, score: Float64Array): number | null {
	const self = order[place];
	const before = order[place - 1];
	const after = order[place + 1];
	if (self === undefined || (before === undefined && after === undefined)) return null;
	if (before === undefined || after === undefined) return before ?? after ?? null;
	const down = (score[self] ?? 0) - (score[before] ?? 0);
	const up = (score[after] ?? 0) - (score[self] ?? 0);
	return down <= up ? before : after;
}
