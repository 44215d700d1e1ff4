import { describe, expect, test } from 'vitest';
import { differenceInMeans, regressionAdjusted } from './experiment.ts';
import { leastSquares } from './leastSquares.ts';
import { dataSet } from './test-data/read.ts';

const nsw = dataSet('nsw');
const treated = Uint8Array.from(nsw.numbers('treat'));
const earnings = nsw.numbers('re78');
const age = nsw.numbers('age');
// As Dehejia & Wahba (1999) adjusted: age, its square, schooling, no degree, ethnicity, earnings of two years.
const covariates = [
	age,
	age.map((years) => years ** 2),
	...['educ', 'nodegree', 'black', 'hisp', 're74', 're75'].map(nsw.numbers)
];

describe('the NSW experiment (Dehejia & Wahba 1999)', () => {
	test('trained people earned 1,794.34 more; Neyman’s error is 671.0', () => {
		const effect = differenceInMeans(earnings, treated);
		expect(effect).toMatchObject({ treated: 185, comparison: 260 });
		if (typeof effect === 'string') throw new Error(effect);
		expect(effect.estimate).toBeCloseTo(1794.34, 2);
		expect(effect.standardError).toBeCloseTo(671.0, 1);
		// Welch's interval, as R's t.test prints it.
		expect(effect.interval.lower).toBeCloseTo(474.01, 2);
		expect(effect.interval.upper).toBeCloseTo(3114.67, 2);
	});

	test('adjusted by regression 1,672.20, error 638.40 with equal scatter', () => {
		const effect = regressionAdjusted(earnings, treated, covariates, {
			adjustment: 'common',
			errors: 'classical'
		});
		if (typeof effect === 'string') throw new Error(effect);
		expect(effect.estimate).toBeCloseTo(1672.2, 1);
		expect(effect.standardError).toBeCloseTo(638.4, 1);
	});

	test('Neyman’s error is HC2’s of the regression on nothing but the treatment', () => {
		const effect = differenceInMeans(earnings, treated);
		const fit = leastSquares(
			[new Float64Array(earnings.length).fill(1), Float64Array.from(treated)],
			earnings,
			'HC2'
		);
		if (typeof effect === 'string' || fit === null) throw new Error('no effect');
		expect(fit.coefficients[1]).toBeCloseTo(effect.estimate, 8);
		expect(fit.standardErrors[1]).toBeCloseTo(effect.standardError, 8);
	});

	test.each([
		['common', 'HC2', 1672.2031236, 674.583804025],
		['common', 'HC3', 1672.2031236, 682.777753427],
		['interacted', 'HC2', 1611.91374289, 684.378675865],
		['interacted', 'HC3', 1611.91374289, 707.649137725]
	] as const)(
		'%s slopes with %s: as R’s lm with vcovHC of sandwich',
		(adjustment, errors, estimate, error) => {
			const effect = regressionAdjusted(earnings, treated, covariates, { adjustment, errors });
			if (typeof effect === 'string') throw new Error(effect);
			expect(effect.estimate).toBeCloseTo(estimate, 6);
			expect(effect.standardError).toBeCloseTo(error, 6);
		}
	);

	test('HC3 without covariates: 672.68, as vcovHC', () => {
		const effect = regressionAdjusted(earnings, treated, [], { errors: 'HC3' });
		if (typeof effect === 'string') throw new Error(effect);
		expect(effect.standardError).toBeCloseTo(672.682147081, 6);
	});

	test('each side its own slopes (Lin 2013): the means of both sides’ predictions for everybody', () => {
		const effect = regressionAdjusted(earnings, treated, covariates);
		if (typeof effect === 'string') throw new Error(effect);
		const predicted = [1, 0].map((side) => {
			const own = [...treated.keys()].filter((i) => treated[i] === side);
			const one = new Float64Array(own.length).fill(1);
			const columns = covariates.map((column) => Float64Array.from(own, (i) => column[i] ?? 0));
			const fit = leastSquares(
				[one, ...columns],
				Float64Array.from(own, (i) => earnings[i] ?? 0)
			);
			if (fit === null) throw new Error('collinear');
			let sum = 0;
			for (let i = 0; i < earnings.length; i++)
				sum += covariates.reduce(
					(total, column, k) => total + (column[i] ?? 0) * (fit.coefficients[k + 1] ?? 0),
					fit.coefficients[0] ?? 0
				);
			return sum / earnings.length;
		});
		expect(effect.estimate).toBeCloseTo((predicted[0] ?? 0) - (predicted[1] ?? 0), 4);
	});
});

describe('little or odd data', () => {
	const y = Float64Array.from([3, 5, 4, 1]);
	test('everybody treated, or one on a side, is no comparison', () => {
		expect(differenceInMeans(y, Uint8Array.from([1, 1, 1, 1]))).toBe('oneSide');
		expect(differenceInMeans(y, Uint8Array.from([1, 1, 1, 0]))).toBe('tooFew');
		expect(regressionAdjusted(y, Uint8Array.from([1, 1, 1, 1]), [])).toBe('oneSide');
	});
	test('no scatter at all gives a difference without error, never NaN', () => {
		expect(differenceInMeans(Float64Array.from([2, 2, 1, 1]), Uint8Array.from([1, 1, 0, 0]))).toMatchObject({
			estimate: 1,
			standardError: 0,
			pValue: 0
		});
	});
	test('a covariate that is a sum of others is named, not divided by', () => {
		const x = Float64Array.from({ length: 20 }, (_, i) => i % 7);
		const side = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
		expect(regressionAdjusted(x, side, [x, x.map((value) => 2 * value)])).toBe('collinear');
	});
});
