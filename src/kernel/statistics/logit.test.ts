import { describe, expect, test } from 'vitest';
import { chiSquareUpper } from './chiSquare.ts';
import { logit } from './logit.ts';

describe('logistic regression', () => {
	test('hours of study and passing: the published coefficients and errors', () => {
		// The example of Wikipedia's page on logistic regression: β₀ −4.0777 (1.7610), β₁ 1.5046 (0.6287).
		const hours = Float64Array.from([
			0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5
		]);
		const passed = Uint8Array.from([0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1]);
		const model = logit([new Float64Array(20).fill(1), hours], passed);
		if (!model.converged) throw new Error(model.why);
		expect(model.coefficients[0]).toBeCloseTo(-4.0777, 4);
		expect(model.coefficients[1]).toBeCloseTo(1.5046, 4);
		expect(Math.sqrt(model.covariance[0]?.[0] ?? 0)).toBeCloseTo(1.761, 3);
		expect(Math.sqrt(model.covariance[1]?.[1] ?? 0)).toBeCloseTo(0.6287, 4);
	});

	test('separation, collinear columns and one side only are answers', () => {
		const one = new Float64Array(6).fill(1);
		const x = Float64Array.from([1, 2, 3, 4, 5, 6]);
		expect(logit([one, x], Uint8Array.from([0, 0, 0, 1, 1, 1]))).toEqual({
			converged: false,
			why: 'separated'
		});
		expect(logit([one, x, x], Uint8Array.from([0, 1, 0, 1, 0, 1]))).toEqual({
			converged: false,
			why: 'collinear'
		});
		expect(logit([one, x], new Uint8Array(6))).toEqual({ converged: false, why: 'oneSide' });
	});
});

test.each([
	// Tables: 5 % points of chi-square.
	[3.841459, 1, 0.05],
	[5.991465, 2, 0.05],
	[18.307038, 10, 0.05],
	[124.342113, 100, 0.05],
	[0.5, 4, 0.973501]
])('chi-square: P(X ≥ %f) with %i degrees of freedom', (x, df, p) => {
	expect(chiSquareUpper(x, df)).toBeCloseTo(p, 6);
});
