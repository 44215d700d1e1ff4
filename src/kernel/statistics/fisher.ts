import { regularisedBeta } from './incompleteBeta.ts';

/**
 * The F distribution of two mean squares. Arguments outside the domain throw RangeError: a caller's bug, never a
 * user's input. Degrees of freedom may be fractions (Satterthwaite).
 */

function requireDf(...all: readonly number[]): void {
	for (const df of all)
		if (!(df > 0) || !Number.isFinite(df)) throw new RangeError(`degrees of freedom: ${df}`);
}

/** P(F ≤ f) with `df1` and `df2` degrees of freedom. */
export function fisherCdf(f: number, df1: number, df2: number): number {
	requireDf(df1, df2);
	if (Number.isNaN(f)) throw new RangeError('f is not a number');
	if (f <= 0) return 0;
	const whole = df1 * f + df2;
	return regularisedBeta(df1 / 2, df2 / 2, (df1 * f) / whole, df2 / whole);
}

/** The f with P(F ≤ f) = p, 0 < p < 1: by halving on the logarithm, to the last digit that a double holds. */
export function fisherQuantile(p: number, df1: number, df2: number): number {
	requireDf(df1, df2);
	if (!(p > 0 && p < 1)) throw new RangeError(`probability: ${p}`);
	let low = -1;
	let high = 1;
	while (fisherCdf(Math.exp(low), df1, df2) > p && low > -700) low *= 2;
	while (fisherCdf(Math.exp(high), df1, df2) < p && high < 700) high *= 2;
	for (let step = 0; step < 200; step++) {
		const middle = (low + high) / 2;
		if (middle <= low || middle >= high) break;
		if (fisherCdf(Math.exp(middle), df1, df2) < p) low = middle;
		else high = middle;
	}
	return Math.exp((low + high) / 2);
}
