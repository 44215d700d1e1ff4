import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemAnalysis, type TestItem } from './itemAnalysis.ts';
import { randomFrom } from './random.ts';

// LSAT section 6: how many of 1,000 people had which of five items right (Bock & Lieberman 1970, table 1).
const LSAT6: readonly (readonly [string, number])[] = [
	['00000', 3],
	['00001', 6],
	['00010', 2],
	['00011', 11],
	['00100', 1],
	['00101', 1],
	['00110', 3],
	['00111', 4],
	['01000', 1],
	['01001', 8],
	['01011', 16],
	['01101', 3],
	['01110', 2],
	['01111', 15],
	['10000', 10],
	['10001', 29],
	['10010', 14],
	['10011', 81],
	['10100', 3],
	['10101', 28],
	['10110', 15],
	['10111', 80],
	['11000', 16],
	['11001', 56],
	['11010', 21],
	['11011', 173],
	['11100', 11],
	['11101', 61],
	['11110', 28],
	['11111', 298]
];
/** Section 7, table 2 of the same; in the order of binary counting. */
const LSAT7 = [
	12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136,
	32, 308
].map((count, at) => [at.toString(2).padStart(5, '0'), count] as const);
const itemsOf = (table: readonly (readonly [string, number])[]): TestItem[] => {
	const patterns = table.flatMap(([pattern, count]) => Array.from({ length: count }, () => pattern));
	return Array.from({ length: 5 }, (_, item) => ({
		scores: Float64Array.from(patterns, (pattern) => Number(pattern[item])),
		most: 1
	}));
};
const lsat = itemsOf(LSAT6);
const rounded = (values: readonly (number | null)[], digits: number) =>
	values.map((value) => Number(value?.toFixed(digits)));

describe('LSAT 6 (Bock & Lieberman 1970)', () => {
	const result = itemAnalysis(lsat);

	test('facilities .924 .709 .553 .763 .870', () => {
		expect(result.items.map(({ facility }) => facility)).toEqual([0.924, 0.709, 0.553, 0.763, 0.87]);
	});

	test('alpha (here KR-20) .2950, with the interval that alpha has', () => {
		expect(result.reliability?.alpha).toBeCloseTo(0.295, 4);
		expect(result.reliability?.dichotomous).toBe(true);
		expect(result.reliability?.interval.lower).toBeCloseTo(0.223, 2);
		expect(result.reliability?.interval.upper).toBeCloseTo(0.363, 2);
	});

	test('item-rest correlations and alpha without an item, as the R package ltm prints them', () => {
		// descript(LSAT): biserial correlation with the item left out .1128 .1532 .1728 .1444 .1216; alpha .2754 .2376 .2168 .2459 .2663.
		expect(
			rounded(
				result.items.map(({ itemRest }) => itemRest),
				4
			)
		).toEqual([0.1128, 0.1532, 0.1728, 0.1444, 0.1216]);
		expect(
			rounded(
				result.items.map(({ alphaWithout }) => alphaWithout),
				4
			)
		).toEqual([0.2754, 0.2376, 0.2168, 0.2459, 0.2663]);
	});

	test('the error of measurement is s √(1 − alpha)', () => {
		expect(result.reliability?.errorOfMeasurement).toBeCloseTo(
			(result.spread ?? 0) * Math.sqrt(1 - 0.29502),
			4
		);
	});
});

describe('LSAT 7 (Bock & Lieberman 1970), as the R package mirt prints it with itemstats', () => {
	const items = itemsOf(LSAT7);
	const of = (
		result: ReturnType<typeof itemAnalysis>,
		what: 'facility' | 'spread' | 'itemRest' | 'alphaWithout'
	) =>
		rounded(
			result.items.map((item) => item[what]),
			3
		);

	test('facilities, spreads, item-rest correlations and alpha without an item', () => {
		const result = itemAnalysis(items);
		expect(of(result, 'facility')).toEqual([0.828, 0.658, 0.772, 0.606, 0.843]);
		expect(of(result, 'spread')).toEqual([0.378, 0.475, 0.42, 0.489, 0.364]);
		expect(of(result, 'itemRest')).toEqual([0.246, 0.247, 0.313, 0.223, 0.175]);
		expect(of(result, 'alphaWithout')).toEqual([0.396, 0.394, 0.345, 0.415, 0.438]);
	});

	test('mean, spread, alpha and error of measurement of the whole; Feldt’s interval as SciPy computes it', () => {
		const { mean, spread, reliability } = itemAnalysis(items);
		expect(rounded([mean, spread], 3)).toEqual([3.707, 1.199]);
		expect(rounded([reliability?.alpha ?? null, reliability?.errorOfMeasurement ?? null], 3)).toEqual([
			0.453, 0.886
		]);
		expect(reliability?.interval.lower).toBeCloseTo(0.39795637746, 9);
		expect(reliability?.interval.upper).toBeCloseTo(0.50520316032, 9);
	});

	test('efficiency and discrimination by outer groups with shared ties, as NumPy computes them', () => {
		const { items: found } = itemAnalysis(items);
		expect(
			rounded(
				found.map(({ efficiency }) => efficiency),
				4
			)
		).toEqual([0.3326, 0.3165, 0.4059, 0.2816, 0.2378]);
		expect(
			rounded(
				found.map(({ discriminationIndex }) => discriminationIndex),
				4
			)
		).toEqual([0.2077, 0.2938, 0.3061, 0.2389, 0.1481]);
	});

	test('five people to whom the first item was not put: the whole is of the other 995', () => {
		const [first, ...others] = items;
		if (!first) throw new Error('no item');
		const scores = first.scores.map((score, who) => (who < 5 ? NaN : score));
		const result = itemAnalysis([{ scores, most: 1 }, ...others]);
		expect(result.complete).toBe(995);
		expect(rounded([result.mean, result.spread], 3)).toEqual([3.726, 1.172]);
		expect(rounded([result.reliability?.alpha ?? null], 3)).toEqual([0.426]);
		expect(rounded([result.reliability?.errorOfMeasurement ?? null], 3)).toEqual([0.888]);
		expect(of(result, 'facility')).toEqual([0.832, 0.658, 0.772, 0.606, 0.843]);
		expect(of(result, 'itemRest')).toEqual([0.222, 0.247, 0.313, 0.223, 0.175]);
		expect(of(result, 'alphaWithout').slice(1)).toEqual([0.364, 0.316, 0.384, 0.418]);
	});
});

/** Answers of right or wrong and of part points, many of them alike. */
const anyTest = fc
	.record({
		people: fc.integer({ min: 30, max: 90 }),
		items: fc.integer({ min: 2, max: 6 }),
		most: fc.constantFrom(1, 3),
		seed: fc.nat(9999)
	})
	.map(({ people, items, most, seed }) => {
		const draw = randomFrom(seed);
		return Array.from({ length: items }, (): TestItem => ({
			scores: Float64Array.from({ length: people }, () => Math.floor(draw() * (most + 1))),
			most
		}));
	});

test('alpha of right or wrong is KR-20, with shares and the variance of the total both over n', () => {
	fc.assert(
		fc.property(anyTest, (items) => {
			const { reliability, people } = itemAnalysis(items);
			if (reliability === null || !reliability.dichotomous) return;
			const totals = Array.from({ length: people }, (_, i) =>
				items.reduce((sum, { scores }) => sum + (scores[i] ?? 0), 0)
			);
			const mean = totals.reduce((sum, total) => sum + total, 0) / people;
			const variance = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / people;
			const pq = items.reduce((sum, { scores }) => {
				const p = scores.reduce((all, score) => all + score, 0) / people;
				return sum + p * (1 - p);
			}, 0);
			expect(reliability.alpha).toBeCloseTo((items.length / (items.length - 1)) * (1 - pq / variance), 9);
		})
	);
});

test('no figure hangs on the order in which people come, however many tie', () => {
	fc.assert(
		fc.property(anyTest, fc.nat(9999), (items, seed) => {
			const draw = randomFrom(seed);
			const order = Array.from(items[0]?.scores ?? [], (_, i) => ({ i, at: draw() }))
				.toSorted((a, b) => a.at - b.at)
				.map(({ i }) => i);
			const moved = itemAnalysis(
				items.map(({ scores, most }) => ({ scores: Float64Array.from(order, (i) => scores[i] ?? 0), most }))
			);
			itemAnalysis(items).items.forEach((item, at) => {
				const other = moved.items[at];
				expect(other?.discriminationIndex ?? 9).toBeCloseTo(item.discriminationIndex ?? 9, 9);
				expect(other?.itemRest ?? 9).toBeCloseTo(item.itemRest ?? 9, 9);
				expect(other?.efficiency ?? 9).toBeCloseTo(item.efficiency ?? 9, 9);
			});
		})
	);
});

describe('what an item does', () => {
	/** Forty people who know more and more; the last item is keyed wrongly. */
	const people = 40;
	const knows = (level: number): TestItem => ({
		scores: Float64Array.from({ length: people }, (_, i) => (i >= level ? 1 : 0)),
		most: 1
	});
	const good = [10, 15, 20, 25, 30].map(knows);

	test('that orders people as the rest does discriminates fully', () => {
		const [, , middle] = itemAnalysis(good).items;
		expect(middle).toMatchObject({ facility: 0.5, discriminationIndex: 1, flags: [] });
		expect(middle?.efficiency).toBeCloseTo(1, 10);
	});

	test('with a wrong key it discriminates the wrong way, and is flagged', () => {
		const wrong: TestItem = {
			scores: Float64Array.from({ length: people }, (_, i) => (i < 20 ? 1 : 0)),
			most: 1
		};
		const result = itemAnalysis([...good, wrong]).items.at(-1);
		expect(result?.discriminationIndex).toBe(-1);
		expect(result?.efficiency).toBeLessThan(0);
		expect(result?.flags).toEqual(['negative']);
	});

	test('a wrong choice that draws those who know more is named; so is one that nobody takes', () => {
		const ticked = Array.from({ length: people }, (_, i) => [i < 15 ? 0 : i < 30 ? 1 : 2]);
		const tricky: TestItem = {
			scores: Float64Array.from(ticked, ([choice]) => (choice === 1 ? 1 : 0)),
			most: 1,
			ticked,
			right: [false, true, false, false]
		};
		const result = itemAnalysis([...good, tricky]).items.at(-1);
		expect(result?.choices.map(({ all }) => all)).toEqual([0.375, 0.375, 0.25, 0]);
		expect(result?.choices[2]).toMatchObject({ right: false, lower: 0, upper: 10 / 11 });
		expect(result?.flags).toContain('misleadingChoice');
		expect(result?.flags).toContain('unusedChoice');
	});

	test('few people: no figure that they cannot carry, and no flag', () => {
		const few = itemAnalysis(good.map(({ scores, most }) => ({ scores: scores.subarray(0, 12), most })));
		expect(few).toMatchObject({ reliability: null, noReliability: 'tooFewPeople' });
		expect(few.items[0]).toMatchObject({
			people: 12,
			discriminationIndex: null,
			itemRest: null,
			efficiency: null
		});
		expect(few.items[0]?.facility).toBeCloseTo(2 / 12, 10);
		expect(
			itemAnalysis(good.map(({ most }) => ({ scores: new Float64Array(0), most }))).items[0]
		).toMatchObject({ facility: null, flags: [] });
	});

	test('everybody alike, or one item alone: the reason instead of a number', () => {
		const same = good.map(({ most }) => ({ scores: new Float64Array(people).fill(1), most }));
		expect(itemAnalysis(same)).toMatchObject({ reliability: null, noReliability: 'noSpread' });
		expect(itemAnalysis(good.slice(0, 1))).toMatchObject({ reliability: null, noReliability: 'oneItem' });
		expect(itemAnalysis([])).toMatchObject({ people: 0, items: [] });
	});

	test('an item that was not put to somebody does not count for or against them', () => {
		const [first, ...others] = good;
		if (!first) throw new Error('no item');
		const scores = first.scores.with(0, NaN);
		const result = itemAnalysis([{ scores, most: 1 }, ...others]);
		expect(result).toMatchObject({ people: 40, complete: 39 });
		expect(result.items[0]?.people).toBe(39);
		expect(result.items[0]?.facility).toBeCloseTo(30 / 39, 12);
	});

	test('no figure is ever NaN, and correlations stay within their bounds', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1000 }),
				fc.integer({ min: 0, max: 60 }),
				fc.integer({ min: 1, max: 6 }),
				(seed, count, items) => {
					const random = randomFrom(seed);
					const result = itemAnalysis(
						Array.from({ length: items }, () => ({
							scores: Float64Array.from({ length: count }, () => Math.floor(random() * 3)),
							most: 2
						}))
					);
					for (const item of result.items)
						for (const value of [
							item.facility,
							item.spread,
							item.discriminationIndex,
							item.itemRest,
							item.efficiency,
							item.alphaWithout
						])
							expect(Number.isNaN(value)).toBe(false);
					for (const { itemRest } of result.items) {
						expect(Math.abs(itemRest ?? 0)).toBeLessThanOrEqual(1 + 1e-12);
					}
					expect(Number.isNaN(result.reliability?.alpha ?? 0)).toBe(false);
				}
			),
			{ numRuns: 60 }
		);
	});
});
