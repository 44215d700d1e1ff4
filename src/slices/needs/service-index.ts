import { roundDecimal, roundRatio } from '#kernel/statistics/round.ts';

/** U1 to U9 of PermenPANRB 14/2017. */
export const ELEMENTS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export type ServiceGrade = 'A' | 'B' | 'C' | 'D';
/** From this index on, until the next higher band; ordered by falling `from`. `weak`: an element in it opens a need. */
export type ServiceBand = { from: number; grade: ServiceGrade; weak: boolean };

export function serviceGrade(text: string): ServiceGrade {
	const grade = (['A', 'B', 'C', 'D'] as const).find((known) => known === text);
	if (grade === undefined) throw new TypeError(`not a service grade: ${text}`);
	return grade;
}

export type ServiceIndex = {
	/** SKM, 1 to 4, four decimals. */
	mean: string;
	/** IKM = SKM × 25, two decimals: what the bands are read at. */
	index: string;
	grade: ServiceGrade | null;
};

/** Ten thousandths: means of elements are kept with four decimals, so that every sum is one of whole numbers. */
const units = (score: number): bigint => BigInt(roundDecimal(score, 4).replace('.', ''));

const bandAt = (index: string, bands: readonly ServiceBand[]): ServiceBand | null =>
	bands.find(({ from }) => Number(index) >= from) ?? null;

/**
 * SKM = Σ NRR × 1/9 and IKM = SKM × 25, by whole numbers alone: 76.605 is 76.61 and B, where a binary float says C.
 * Throws RangeError unless there are nine.
 * @law PermenPANRB 14/2017: exact weight of 1/9, rounded to two decimals before the band is read
 */
export function serviceIndex(scores: readonly number[], bands: readonly ServiceBand[]): ServiceIndex {
	if (scores.length !== ELEMENTS.length) throw new RangeError(`${scores.length} elements instead of nine`);
	const sum = scores.reduce((total, score) => total + units(score), 0n);
	const index = roundRatio(sum * 25n, 90_000n, 2);
	return { mean: roundRatio(sum, 90_000n, 4), index, grade: bandAt(index, bands)?.grade ?? null };
}

/** What was answered about one element: the scores together, and by how many. */
export type AnsweredElement = { sum: number; answered: number };

/**
 * The same from the answers themselves: NRR = sum ÷ those who answered the element, weight exactly 1/9, without rounding
 * in between. Sums and counts are whole numbers. Throws RangeError unless there are nine, each answered.
 * @law PermenPANRB 14/2017
 */
export function serviceIndexOfAnswers(
	elements: readonly AnsweredElement[],
	bands: readonly ServiceBand[]
): ServiceIndex {
	if (elements.length !== ELEMENTS.length)
		throw new RangeError(`${elements.length} elements instead of nine`);
	const all = elements.reduce((product, { answered }) => product * BigInt(answered), 1n);
	if (all === 0n) throw new RangeError('an element that nobody answered');
	const sum = elements.reduce(
		(total, { sum: scores, answered }) => total + BigInt(scores) * (all / BigInt(answered)),
		0n
	);
	const index = roundRatio(sum * 25n, all * 9n, 2);
	return { mean: roundRatio(sum, all * 9n, 4), index, grade: bandAt(index, bands)?.grade ?? null };
}

export type WeakElement = {
	element: number;
	score: number;
	index: string;
	grade: ServiceGrade;
	/** What is missing to the lowest band that is good enough, on the scale of 1 to 4. */
	shortfall: number;
};

/** Elements whose own index (NRR × 25) lies in a weak band, weakest first. */
export function weakElements(scores: readonly number[], bands: readonly ServiceBand[]): WeakElement[] {
	const enough = Math.min(...bands.filter(({ weak }) => !weak).map(({ from }) => from));
	return scores
		.flatMap((score, at): WeakElement[] => {
			const index = roundRatio(units(score) * 25n, 10_000n, 2);
			const band = bandAt(index, bands);
			if (band === null || !band.weak || !Number.isFinite(enough)) return [];
			const shortfall = Number(roundDecimal(enough / 25 - score, 4));
			return [{ element: at + 1, score, index, grade: band.grade, shortfall }];
		})
		.sort((a, b) => a.score - b.score || a.element - b.element);
}

/**
 * The predicate from result and behaviour: 1 above, 2 as expected, 3 below. Behaviour below expectation is never made
 * up for by results.
 * @law PermenPANRB 6/2022, predicate matrix
 */
export function predicateOf(result: 1 | 2 | 3, behaviour: 1 | 2 | 3): 1 | 2 | 3 | 4 | 5 {
	if (behaviour === 3) return result === 3 ? 5 : 4;
	if (result === 3) return 3;
	return result === 1 && behaviour === 1 ? 1 : 2;
}
