import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cohenKappa, pooledKappa } from './cohenKappa.ts';

describe('agreement of two coders', () => {
	test('is .492 for the table that Cohen printed (200 cases, 1960 and 1968)', () => {
		const found = cohenKappa([
			[88, 14, 18],
			[10, 40, 10],
			[2, 6, 12]
		]);
		expect(found.observed).toBeCloseTo(0.7, 10);
		expect(found.expected).toBeCloseTo(0.41, 10);
		expect(found.kappa).toBeCloseTo(0.492, 3);
	});

	test('has the standard error that Fleiss, Levin & Paik print (table 18.1, 100 cases): .68, .087', () => {
		const { kappa, standardError, interval } = cohenKappa([
			[75, 1, 4],
			[5, 4, 1],
			[0, 0, 10]
		]);
		expect(kappa).toBeCloseTo(0.676, 3);
		expect(standardError).toBeCloseTo(0.087, 2);
		expect(interval?.lower).toBeCloseTo(0.676 - 1.96 * (standardError ?? NaN), 2);
		expect(interval?.upper).toBeCloseTo(0.676 + 1.96 * (standardError ?? NaN), 2);
	});

	test('is 1 where they never differ, and cannot be told where both always say the same thing', () => {
		expect(cohenKappa([[5, 0], [0, 7]])).toMatchObject({ kappa: 1, interval: null }); // prettier-ignore
		expect(cohenKappa([[0, 0], [0, 12]])).toMatchObject({ n: 12, observed: 1, kappa: null, interval: null }); // prettier-ignore
		expect(cohenKappa([[0, 0], [0, 0]])).toMatchObject({ n: 0, kappa: null }); // prettier-ignore
		expect(() => cohenKappa([[1, 2]])).toThrow(RangeError);
	});

	test('does not depend on whose codes stand in rows, and never passes 1', () => {
		const count = fc.integer({ min: 0, max: 40 });
		fc.assert(
			fc.property(count, count, count, count, (a, b, c, d) => {
				const found = cohenKappa([[a, b], [c, d]]); // prettier-ignore
				const turned = cohenKappa([[a, c], [b, d]]); // prettier-ignore
				expect(turned.kappa === null).toBe(found.kappa === null);
				if (found.kappa === null || turned.kappa === null) return;
				expect(turned.kappa).toBeCloseTo(found.kappa, 10);
				expect(found.kappa).toBeLessThanOrEqual(1 + 1e-12);
				expect(turned.standardError).toBeCloseTo(found.standardError ?? NaN, 6);
			})
		);
	});
});

test('many codes are pooled by their agreement, not by the mean of their kappas', () => {
	const rare = cohenKappa([[0, 1], [0, 19]]); // prettier-ignore
	const common = cohenKappa([[10, 1], [1, 8]]); // prettier-ignore
	expect(rare.kappa).toBe(0);
	const po = (0.95 + 0.9) / 2;
	const pe = (0.95 + (0.55 * 0.55 + 0.45 * 0.45)) / 2;
	expect(pooledKappa([rare, common])).toBeCloseTo((po - pe) / (1 - pe), 10);
	expect(pooledKappa([])).toBeNull();
	expect(pooledKappa([cohenKappa([[0, 0], [0, 9]])])).toBeNull(); // prettier-ignore
});
