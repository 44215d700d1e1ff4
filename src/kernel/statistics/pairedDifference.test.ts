import { describe, expect, test } from 'vitest';
import { normalisedGain, pairedDifference } from './pairedDifference.ts';

/** Student 1908, Biometrika 6:20: additional hours of sleep of ten patients under two drugs (R's `sleep`). */
const SLEEP = [
	[1.9, 0.7],
	[0.8, -1.6],
	[1.1, -0.2],
	[0.1, -1.2],
	[-0.1, -0.1],
	[4.4, 3.4],
	[5.5, 3.7],
	[1.6, 0.8],
	[4.6, 0.0],
	[3.4, 2.0]
] as const;

describe('Student’s sleep data', () => {
	const result = pairedDifference(SLEEP.map(([before, after]) => ({ before, after })));

	test('give the published t test: t = −4.0621, df = 9, p = 0.002833', () => {
		expect(result.meanDifference).toBeCloseTo(-1.58, 12);
		expect(result.t).toBeCloseTo(-4.0621, 4);
		expect(result.df).toBe(9);
		expect(result.pValue).toBeCloseTo(0.002833, 6);
		expect(result.interval?.lower).toBeCloseTo(-2.4598858, 7);
		expect(result.interval?.upper).toBeCloseTo(-0.7001142, 7);
		expect(result.reason).toBeNull();
	});

	test('give standard deviation, standard error and d_z of the differences', () => {
		expect(result.sd).toBeCloseTo(1.229995, 6);
		expect(result.standardError).toBeCloseTo(1.229995 / Math.sqrt(10), 6);
		expect(result.effectSize).toBeCloseTo(-1.58 / 1.229995, 5);
		expect(result.meanBefore).toBeCloseTo(2.33, 12);
		expect(result.meanAfter).toBeCloseTo(0.75, 12);
	});

	test('a higher level gives a wider interval: t(0.995, 9) = 3.2498', () => {
		const wide = pairedDifference(
			SLEEP.map(([before, after]) => ({ before, after })),
			0.99
		);
		expect(wide.interval?.lower).toBeCloseTo(-1.58 - 3.2498355 * 0.388959, 4);
		expect(wide.interval?.level).toBe(0.99);
	});
});

describe('where there is nothing to compute', () => {
	test('one pair shows its change but claims no interval', () => {
		expect(pairedDifference([{ before: 60, after: 75 }])).toMatchObject({
			n: 1,
			meanDifference: 15,
			interval: null,
			sd: null,
			effectSize: null,
			reason: 'tooFew'
		});
	});

	test('no pair at all gives no number', () => {
		expect(pairedDifference([])).toMatchObject({
			n: 0,
			meanBefore: null,
			meanDifference: null,
			interval: null,
			df: 0,
			reason: 'tooFew'
		});
	});

	test('when everybody gains the same there is no spread to measure the effect in', () => {
		const same = pairedDifference([
			{ before: 1, after: 3 },
			{ before: 4, after: 6 }
		]);
		expect(same).toMatchObject({ sd: 0, effectSize: null, t: null, pValue: 0 });
		expect(same.interval).toEqual({ lower: 2, upper: 2, level: 0.95 });
	});
});

describe('normalised gain', () => {
	test('is the share of the possible that was gained (Hake 1998)', () => {
		expect(normalisedGain(40, 70, 100)).toBe(0.5);
		expect(normalisedGain(50, 40, 100)).toBe(-0.2);
		expect(normalisedGain(2, 4, 4)).toBe(1);
	});

	test('does not exist for a class that knew everything before', () => {
		expect(normalisedGain(100, 100, 100)).toBeNull();
	});
});
