import { fisherQuantile } from './fisher.ts';
import type { Interval } from './student.ts';

/** A test's answers by item: a column for each, a value for each person. */
export type TestItem = {
	/** Points got; an answer left open counts 0. NaN: the item was not put to this person. */
	scores: Float64Array;
	/** Points that could be got. */
	most: number;
	/** Which choices were ticked, by place, for items with choices: one list a person. */
	ticked?: readonly (readonly number[])[];
	/** For each choice whether it is right. */
	right?: readonly boolean[];
};

/** Kelley (1939): the outer 27 per cents tell the groups apart best. */
const OUTER = 0.27;
/** Fewer people than this tell nothing of an item's difficulty, of how it discriminates, of the whole test. */
export const ENOUGH = { facility: 10, discrimination: 30, reliability: 30 } as const;

export type ItemFlag =
	| 'veryHard'
	| 'veryEasy'
	/** Those who know more of the rest get it wrong more often: often a wrong key. */
	| 'negative'
	| 'weak'
	/** A wrong choice that draws those who know more. */
	| 'misleadingChoice'
	/** A wrong choice that nearly nobody takes. */
	| 'unusedChoice';

export type ChoiceUse = {
	right: boolean;
	/** Shares of all, of the lowest and of the highest 27 per cent who ticked it. */
	all: number;
	lower: number | null;
	upper: number | null;
};

export type ItemResult = {
	people: number;
	/** Mean share of the points, 0 to 1. */
	facility: number | null;
	/** Standard deviation of the share (n − 1). */
	spread: number | null;
	/** Facility of the highest 27 per cent minus that of the lowest, ranked by the rest of the test: −1 to 1. */
	discriminationIndex: number | null;
	/** Correlation with the rest of the test, the item itself left out. */
	itemRest: number | null;
	/** That covariance as a share of the largest that these scores could have had: −1 to 1. */
	efficiency: number | null;
	/** Alpha of the test without this item. */
	alphaWithout: number | null;
	choices: ChoiceUse[];
	flags: ItemFlag[];
};

export type Reliability = {
	/** Cronbach's alpha; KR-20 where every item is right or wrong. */
	alpha: number;
	interval: Interval;
	/** Standard error of measurement, in points of the whole test. */
	errorOfMeasurement: number;
	/** Every item is right or wrong. */
	dichotomous: boolean;
};

export type ItemAnalysis = {
	people: number;
	/** People to whom every item was put: reliability is theirs. */
	complete: number;
	mean: number | null;
	spread: number | null;
	most: number;
	reliability: Reliability | null;
	/** Why there is none. */
	noReliability: 'tooFewPeople' | 'oneItem' | 'noSpread' | null;
	items: ItemResult[];
};

/**
 * Classical test theory of one test: how hard each item is, whether it tells apart those who know from those who do not, how
 * its choices are used, and how far the test's score can be trusted.
 *
 * Facility: mean points over most points. Discrimination index: Kelley's upper minus lower 27 per cent (1939), ties at the
 * edge shared. Item-rest: Pearson's r with the sum of the other items (n or n − 1 cancels). Efficiency: Moodle's
 * discriminative efficiency, the covariance with the rest over the largest one that both sorted could have. All spreads and
 * variances divide by n − 1. Alpha: Cronbach (1951), k/(k − 1) · (1 − Σsᵢ²/s²), which is KR-20 where items are right or
 * wrong, since the divisor cancels; its interval by Feldt (1965) through F. Error of measurement: s·√(1 − alpha).
 *
 * Missing: an open answer is 0 points. Where an item was not put to a person, that person is left out of the item's own
 * figures; the rest that others are ranked and correlated by is the sum of what was put to them. Mean, spread and alpha of
 * the whole test, also without an item, are of those to whom every item was put. Figures that few people cannot carry are
 * null (see `ENOUGH`), and no flag is raised on them.
 */
export function itemAnalysis(items: readonly TestItem[], level = 0.95): ItemAnalysis {
	const people = items[0]?.scores.length ?? 0;
	const totals = new Float64Array(people);
	const shown = new Float64Array(people);
	for (const { scores } of items)
		for (let i = 0; i < people; i++) {
			const score = scores[i] ?? NaN;
			if (Number.isNaN(score)) continue;
			totals[i] = (totals[i] ?? 0) + score;
			shown[i] = (shown[i] ?? 0) + 1;
		}
	const whole = shown.map((count) => (count === items.length ? 1 : 0));
	const complete = whole.reduce((sum, one) => sum + one, 0);
	const variances = items.map(({ scores }) => varianceWhere(scores, whole, complete));
	const total = varianceWhere(totals, whole, complete);
	const sum = variances.reduce((all, variance) => all + variance, 0);
	const alphaOf = (count: number, parts: number, all: number): number | null =>
		count < 2 || !(all > 0) ? null : (count / (count - 1)) * (1 - parts / all);
	const alpha = alphaOf(items.length, sum, total);
	const enough = complete >= ENOUGH.reliability;
	return {
		people,
		complete,
		mean: complete === 0 ? null : meanWhere(totals, whole, complete),
		spread: complete < 2 ? null : Math.sqrt(total),
		most: items.reduce((all, { most }) => all + most, 0),
		reliability:
			alpha === null || !enough
				? null
				: {
						alpha,
						interval: feldt(alpha, complete, items.length, level),
						errorOfMeasurement: Math.sqrt(total * Math.max(0, 1 - alpha)),
						dichotomous: items.every(({ scores, most }) =>
							scores.every((s) => Number.isNaN(s) || s === 0 || s === most)
						)
					},
		noReliability: !enough
			? 'tooFewPeople'
			: items.length < 2
				? 'oneItem'
				: alpha === null
					? 'noSpread'
					: null,
		items: items.map((item, at) => {
			const rest = new Float64Array(people);
			for (let i = 0; i < people; i++) rest[i] = (totals[i] ?? 0) - (item.scores[i] ?? NaN);
			const without = enough
				? alphaOf(items.length - 1, sum - (variances[at] ?? 0), varianceWhere(rest, whole, complete))
				: null;
			return itemResult(item, rest, items.length > 1, without);
		})
	};
}

function itemResult(
	item: TestItem,
	allRest: Float64Array,
	hasRest: boolean,
	alphaWithout: number | null
): ItemResult {
	const rows = rowsShown(item.scores);
	const people = rows.length;
	const score = pickedAt(item.scores, rows);
	const rest = pickedAt(allRest, rows);
	const carried = people >= ENOUGH.discrimination && hasRest;
	const mean = sumOf(score) / people;
	const facility = people >= ENOUGH.facility ? mean / item.most : null;
	const sorted = rest.toSorted();
	const groups = carried ? outerGroups(rest, sorted) : null;
	const meanIn = (weights: Float64Array): number => dot(score, weights) / sumOf(weights);
	const covariance = centredProduct(score, rest);
	const scale = Math.sqrt(centredProduct(score, score) * centredProduct(rest, rest));
	const largest = centredProduct(score.toSorted(), sorted);
	const itemRest = carried && scale > 0 ? covariance / scale : null;
	const result = {
		people,
		facility,
		spread:
			people >= ENOUGH.facility ? Math.sqrt(centredProduct(score, score) / (people - 1)) / item.most : null,
		discriminationIndex: groups && (meanIn(groups.upper) - meanIn(groups.lower)) / item.most,
		itemRest,
		efficiency: carried && largest > 0 ? covariance / largest : null,
		alphaWithout,
		choices: choicesOf(item, rows, groups)
	};
	return { ...result, flags: flagsOf(result) };
}

/** How much of each person stands in the groups: wholly, not at all, or the share that falls to those who tie at the edge. */
type Groups = { lower: Float64Array; upper: Float64Array };

function choicesOf({ right = [], ticked }: TestItem, rows: Int32Array, groups: Groups | null): ChoiceUse[] {
	if (right.length === 0) return [];
	const shares = (weights: Float64Array): Float64Array => {
		const ticks = new Float64Array(right.length);
		for (let index = 0; index < rows.length; index++) {
			const weight = weights[index] ?? 0;
			if (weight > 0)
				for (const choice of ticked?.[rows[index] ?? -1] ?? []) ticks[choice] = (ticks[choice] ?? 0) + weight;
		}
		const whole = sumOf(weights);
		return ticks.map((sum) => (whole === 0 ? 0 : sum / whole));
	};
	const all = shares(new Float64Array(rows.length).fill(1));
	const lower = groups && shares(groups.lower);
	const upper = groups && shares(groups.upper);
	return right.map((isRight, choice) => ({
		right: isRight,
		all: all[choice] ?? 0,
		lower: lower && (lower[choice] ?? 0),
		upper: upper && (upper[choice] ?? 0)
	}));
}

/** Places of the people to whom the item was put. */
function rowsShown(scores: Float64Array): Int32Array {
	const rows = new Int32Array(scores.length);
	let many = 0;
	for (let i = 0; i < scores.length; i++) if (!Number.isNaN(scores[i] ?? NaN)) rows[many++] = i;
	return rows.subarray(0, many);
}

function pickedAt(values: Float64Array, places: Int32Array): Float64Array {
	const picked = new Float64Array(places.length);
	for (let i = 0; i < places.length; i++) picked[i] = values[places[i] ?? 0] ?? 0;
	return picked;
}

function sumOf(values: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
	return sum;
}

function flagsOf({ facility, itemRest, choices }: Omit<ItemResult, 'flags'>): ItemFlag[] {
	const flags: ItemFlag[] = [];
	if (facility !== null && facility < 0.2) flags.push('veryHard');
	if (facility !== null && facility > 0.9) flags.push('veryEasy');
	if (itemRest !== null && itemRest < 0) flags.push('negative');
	else if (itemRest !== null && itemRest < 0.2) flags.push('weak');
	const wrong = choices.filter(({ right }) => !right);
	if (wrong.some(({ lower, upper }) => lower !== null && upper !== null && upper > lower + 0.1))
		flags.push('misleadingChoice');
	if (wrong.some(({ all, lower }) => lower !== null && all < 0.02)) flags.push('unusedChoice');
	return flags;
}

/**
 * The lowest and highest 27 per cent by the rest score, rounded to whole people. All who tie at the edge share equally in
 * the places that are left there, so that the figures do not hang on the order in which people come.
 */
function outerGroups(rest: Float64Array, sorted: Float64Array): Groups {
	const size = Math.max(1, Math.round(rest.length * OUTER));
	const weigh = (sign: 1 | -1, edge: number): Float64Array => {
		let beyond = 0;
		let tied = 0;
		for (const value of rest) {
			if (sign * (value - edge) > 0) beyond++;
			else if (value === edge) tied++;
		}
		const share = (size - beyond) / tied;
		return rest.map((value) => (sign * (value - edge) > 0 ? 1 : value === edge ? share : 0));
	};
	return {
		lower: weigh(-1, sorted[size - 1] ?? 0),
		upper: weigh(1, sorted[sorted.length - size] ?? 0)
	};
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
	return sum;
}

function centredProduct(a: Float64Array, b: Float64Array): number {
	let sumA = 0;
	let sumB = 0;
	for (let i = 0; i < a.length; i++) {
		sumA += a[i] ?? 0;
		sumB += b[i] ?? 0;
	}
	const meanA = sumA / a.length;
	const meanB = sumB / b.length;
	let product = 0;
	for (let i = 0; i < a.length; i++) product += ((a[i] ?? 0) - meanA) * ((b[i] ?? 0) - meanB);
	return product;
}

function meanWhere(values: Float64Array, whole: Float64Array, count: number): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) if (whole[i] === 1) sum += values[i] ?? 0;
	return sum / count;
}

function varianceWhere(values: Float64Array, whole: Float64Array, count: number): number {
	if (count < 2) return 0;
	const mean = meanWhere(values, whole, count);
	let sum = 0;
	for (let i = 0; i < values.length; i++) if (whole[i] === 1) sum += ((values[i] ?? 0) - mean) ** 2;
	return sum / (count - 1);
}

/** (1 − α) / (1 − α̂) follows F with (n − 1)(k − 1) and n − 1 degrees of freedom (Feldt 1965). */
function feldt(alpha: number, people: number, items: number, level: number): Interval {
	const df1 = people - 1;
	const df2 = (people - 1) * (items - 1);
	const tail = (1 - level) / 2;
	return {
		lower: 1 - (1 - alpha) * fisherQuantile(1 - tail, df1, df2),
		upper: 1 - (1 - alpha) * fisherQuantile(tail, df1, df2),
		level
	};
}
