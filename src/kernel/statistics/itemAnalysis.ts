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
 * Facility: mean points over most points. Discrimination index: Kelley's upper minus lower 27 per cent (1939). Item-rest:
 * Pearson's r with the sum of the other items. Efficiency: Moodle's discriminative efficiency, the covariance with the rest
 * over the largest one that both sorted could have. Alpha: Cronbach (1951), k/(k − 1) · (1 − Σsᵢ²/s²), variances with
 * n − 1; its interval by Feldt (1965) through F. Error of measurement: s·√(1 − alpha). Where an item was not put to a
 * person, that person is left out of the item's figures and of alpha; an open answer is 0 points. Figures that few people
 * cannot carry are null (see `ENOUGH`), and no flag is raised on them.
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
	const meanIn = (places: Int32Array): number => sumOf(pickedAt(score, places)) / places.length;
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

type Groups = { lower: Int32Array; upper: Int32Array };

function choicesOf({ right = [], ticked }: TestItem, rows: Int32Array, groups: Groups | null): ChoiceUse[] {
	const count = (at: (index: number) => number, many: number): Float64Array => {
		const ticks = new Float64Array(right.length);
		for (let index = 0; index < many; index++)
			for (const choice of ticked?.[at(index)] ?? []) ticks[choice] = (ticks[choice] ?? 0) + 1;
		return ticks;
	};
	const all = count((index) => rows[index] ?? -1, rows.length);
	const inGroup = (places: Int32Array | undefined): Float64Array | null =>
		places === undefined ? null : count((index) => rows[places[index] ?? -1] ?? -1, places.length);
	const lower = inGroup(groups?.lower);
	const upper = inGroup(groups?.upper);
	const share = (ticks: Float64Array | null, choice: number, many = 0): number | null =>
		ticks && (ticks[choice] ?? 0) / many;
	return right.map((isRight, choice) => ({
		right: isRight,
		all: rows.length === 0 ? 0 : (all[choice] ?? 0) / rows.length,
		lower: share(lower, choice, groups?.lower.length),
		upper: share(upper, choice, groups?.upper.length)
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

/** The lowest and highest 27 per cent by the rest score; of equals at the edge the first in the data. */
function outerGroups(rest: Float64Array, sorted: Float64Array): Groups {
	const size = Math.max(1, Math.round(rest.length * OUTER));
	const low = sorted[size - 1] ?? 0;
	const high = sorted[sorted.length - size] ?? 0;
	const pick = (sign: 1 | -1, edge: number): Int32Array => {
		const group = new Int32Array(size);
		let many = 0;
		for (let at = 0; at < rest.length; at++)
			if (sign * ((rest[at] ?? 0) - edge) > 0 && many < size) group[many++] = at;
		for (let at = 0; at < rest.length && many < size; at++) if (rest[at] === edge) group[many++] = at;
		return group;
	};
	return { lower: pick(-1, low), upper: pick(1, high) };
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
