import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fisherCdf, fisherQuantile } from './fisher.ts';
import { normalCdf, normalReach } from './normal.ts';
import { meanSquares, raterAgreement } from './raterAgreement.ts';
import { normalQuantile, studentQuantile } from './student.ts';
import { withinGroupAgreement, withinGroupAgreementOf } from './withinGroupAgreement.ts';

describe('the F distribution agrees with the printed tables', () => {
	test.each([
		[0.95, 1, 10, 4.9646],
		[0.95, 3, 15, 3.2874],
		[0.95, 5, 18, 2.7729],
		[0.975, 5, 18, 3.382],
		[0.975, 5, 15, 3.5764],
		[0.99, 10, 20, 3.3682]
	])('F(%f; %i, %i) is %f', (p, df1, df2, expected) => {
		expect(fisherQuantile(p, df1, df2)).toBeCloseTo(expected, 3);
	});

	test('with one degree of freedom above it is the square of t', () => {
		for (const df of [1, 4, 30, 2.5])
			expect(fisherQuantile(0.95, 1, df)).toBeCloseTo(studentQuantile(0.975, df) ** 2, 7);
	});

	test('the quantile undoes the distribution, and turning F over turns the tail', () => {
		const df = fc.double({ min: 0.5, max: 500, noNaN: true });
		fc.assert(
			fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), df, df, (p, a, b) => {
				const f = fisherQuantile(p, a, b);
				expect(fisherCdf(f, a, b)).toBeCloseTo(p, 9);
				if (f > 1e-200 && f < 1e200) expect(fisherCdf(1 / f, b, a)).toBeCloseTo(1 - p, 9);
			}),
			{ numRuns: 100 }
		);
	});
});

describe('the normal distribution', () => {
	test('undoes its quantile in both tails', () => {
		for (const p of [1e-9, 1e-4, 0.025, 0.3, 0.5, 0.8, 0.995, 1 - 1e-6])
			expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 8);
		expect(normalCdf(-40)).toBe(0);
		expect(normalReach(0.9)).toBeCloseTo(1.6449, 4);
	});
});

/** Table 2 of the paper: six targets, four judges. */
const PAPER = [
	[9, 2, 5, 8],
	[6, 1, 3, 2],
	[8, 4, 6, 8],
	[7, 1, 2, 6],
	[10, 5, 6, 9],
	[6, 2, 4, 7]
];

describe('the agreement of Shrout & Fleiss’s judges', () => {
	const squares = meanSquares(PAPER);
	const agreement = raterAgreement(squares);

	test('has the mean squares of their Table 3', () => {
		expect(squares.between).toBeCloseTo(11.24, 2);
		expect(squares.within).toBeCloseTo(6.26, 2);
		expect(squares.judges).toBeCloseTo(32.49, 2);
		expect(squares.residual).toBeCloseTo(1.02, 2);
	});

	test('has the coefficients of their Table 4', () => {
		const two = (value: number | undefined) => value?.toFixed(2);
		expect(two(agreement?.single.oneWay.estimate)).toBe('0.17');
		expect(two(agreement?.single.twoWayRandom.estimate)).toBe('0.29');
		expect(two(agreement?.single.twoWayFixed.estimate)).toBe('0.71');
		expect(two(agreement?.mean.oneWay.estimate)).toBe('0.44');
		expect(two(agreement?.mean.twoWayRandom.estimate)).toBe('0.62');
		expect(two(agreement?.mean.twoWayFixed.estimate)).toBe('0.91');
	});

	// As printed by the R package psych, function ICC, for the same data (95 %).
	test.each([
		['single', 'oneWay', -0.1329, 0.7226],
		['single', 'twoWayRandom', 0.0188, 0.7611],
		['single', 'twoWayFixed', 0.3425, 0.9459],
		['mean', 'oneWay', -0.884, 0.9124],
		['mean', 'twoWayRandom', 0.0711, 0.9272],
		['mean', 'twoWayFixed', 0.6757, 0.9859]
	] as const)('%s %s lies between %f and %f', (of, kind, lower, upper) => {
		expect(agreement?.[of][kind].interval.lower).toBeCloseTo(lower, 3);
		expect(agreement?.[of][kind].interval.upper).toBeCloseTo(upper, 3);
	});

	test('a lenient judge lowers absolute agreement and leaves consistency', () => {
		const lenient = raterAgreement(meanSquares(PAPER.map(([a = 0, ...rest]) => [a + 3, ...rest])));
		expect(lenient?.single.twoWayFixed.estimate).toBeCloseTo(agreement?.single.twoWayFixed.estimate ?? 0, 12);
		expect(lenient?.single.twoWayRandom.estimate).toBeLessThan(agreement?.single.twoWayRandom.estimate ?? 0);
	});

	test('cannot be told where targets do not differ or a table has holes', () => {
		expect(raterAgreement(meanSquares([[1, 2], [1, 2], [1, 2]]))).toBeNull(); // prettier-ignore
		expect(() => meanSquares([[1, 2], [1]])).toThrow(RangeError);
	});
});

describe('r_wg', () => {
	test('is 1 for one voice, 0 for chance or worse, and between them by the uniform null', () => {
		expect(withinGroupAgreement([3, 3, 3, 3], 6)).toBe(1);
		expect(withinGroupAgreement([0, 5, 0, 5], 6)).toBe(0);
		// s² = 2/3, σ² = 35/12.
		expect(withinGroupAgreement([2, 3, 4, 3], 6)).toBeCloseTo(1 - 2 / 3 / (35 / 12), 12);
		expect(withinGroupAgreement([3], 6)).toBeNull();
	});

	test('of several items is r_wg stepped up by Spearman and Brown', () => {
		const one = withinGroupAgreement([2, 3, 4, 3], 6) ?? 0;
		expect(withinGroupAgreementOf([[2, 3, 4, 3]], 6)).toBeCloseTo(one, 12);
		expect(withinGroupAgreementOf([[2, 3, 4, 3], [1, 2, 3, 2]], 6)).toBeCloseTo((2 * one) / (1 + one), 12); // prettier-ignore
		expect(withinGroupAgreementOf([], 6)).toBeNull();
	});
});
