import { standardised } from './averageEffect.ts';
import { leastSquares, type ErrorKind } from './leastSquares.ts';
import { meanOf } from './sample.ts';
import { pValueOf, tInterval, type Interval } from './student.ts';

export type Effect = {
	estimate: number;
	standardError: number;
	/** Degrees of freedom of the interval; a fraction by Welch. */
	df: number;
	interval: Interval;
	pValue: number;
	treated: number;
	comparison: number;
};
/** Why there is no estimate: a side with fewer than two, or covariates that are sums of each other. */
export type NoEffect = 'oneSide' | 'tooFew' | 'collinear';

/**
 * Difference of the means of two groups that a lottery made. Estimand: the average effect in the sample. The error is
 * Neyman's (1923), √(s₁²/n₁ + s₀²/n₀): never too small on average, whatever the effects; it equals HC2 and Welch's. Interval by
 * Welch's degrees of freedom (Welch 1947). Assumes that chance alone decided who was treated and that one person's
 * treatment does not change another's outcome.
 */
export function differenceInMeans(y: Float64Array, treated: Uint8Array, level = 0.95): Effect | NoEffect {
	const sides = [1, 0].map((side) => [...y].filter((_, i) => treated[i] === side));
	const [ones = [], zeros = []] = sides;
	if (ones.length === 0 || zeros.length === 0) return 'oneSide';
	if (ones.length < 2 || zeros.length < 2) return 'tooFew';
	const parts = [ones, zeros].map((values) => {
		const mean = meanOf(values);
		const part =
			values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length;
		return { mean, part, df: values.length - 1 };
	});
	const [a, b] = parts;
	if (!a || !b) return 'oneSide';
	const variance = a.part + b.part;
	// Without any scatter Welch's fraction is 0/0: the smaller side's stands in.
	const df =
		variance === 0 ? Math.min(a.df, b.df) : variance ** 2 / (a.part ** 2 / a.df + b.part ** 2 / b.df);
	return effectOf(a.mean - b.mean, Math.sqrt(variance), df, level, ones.length, zeros.length);
}

export type Adjustment =
	/** One slope for both sides: y on treated and covariates. */
	| 'common'
	/** Each side its own slopes, covariates centred: never less precise in large samples (Lin 2013). */
	| 'interacted';

/**
 * The same effect with what was known beforehand held constant by regression (Freedman 2008; Lin 2013, Annals of Applied
 * Statistics 7). `covariates` as columns without the constant. Error HC2 unless another is asked for (`ErrorKind`), t interval
 * with n − k degrees of freedom. Same assumptions as the difference of means: the regression only takes scatter away, chance
 * carries the comparison.
 */
export function regressionAdjusted(
	y: Float64Array,
	treated: Uint8Array,
	covariates: readonly Float64Array[],
	{
		adjustment = 'interacted',
		errors = 'HC2',
		level = 0.95
	}: { adjustment?: Adjustment; errors?: ErrorKind; level?: number } = {}
): Effect | NoEffect {
	const n = y.length;
	const count = treated.reduce((sum, value) => sum + value, 0);
	if (count === 0 || count === n) return 'oneSide';
	const side = Float64Array.from(treated);
	// Centred, the coefficient of `treated` is the effect at the sample's mean; scaled, large amounts do not look collinear.
	const centred = covariates.map((column) => standardised(column));
	const columns = [new Float64Array(n).fill(1), side, ...centred];
	if (adjustment === 'interacted')
		columns.push(...centred.map((column) => column.map((value, i) => value * (side[i] ?? 0))));
	if (n <= columns.length) return 'tooFew';
	const fit = leastSquares(columns, y, errors);
	if (fit === null) return 'collinear';
	return effectOf(fit.coefficients[1] ?? 0, fit.standardErrors[1] ?? 0, fit.df, level, count, n - count);
}

function effectOf(
	estimate: number,
	standardError: number,
	df: number,
	level: number,
	treated: number,
	comparison: number
): Effect {
	return {
		estimate,
		standardError,
		df,
		interval: tInterval(estimate, standardError, df, level),
		pValue: pValueOf(estimate, standardError, df),
		treated,
		comparison
	};
}
