import { fisherQuantile } from './fisher.ts';
import type { Interval } from './student.ts';

/**
 * Intraclass correlations of Shrout & Fleiss (1979), "Intraclass correlations: uses in assessing rater reliability",
 * Psychological Bulletin 86, 420-428. For n targets × k raters with the mean squares of the two-way table
 *   BMS between targets (df n−1), WMS within targets (df n(k−1)),
 *   JMS between raters (df k−1), EMS residual (df (n−1)(k−1)):
 *
 *   ICC(1,1) = (BMS − WMS) / (BMS + (k−1) WMS)                     each target has its own raters
 *   ICC(2,1) = (BMS − EMS) / (BMS + (k−1) EMS + k (JMS − EMS) / n)  raters drawn at random; absolute agreement
 *   ICC(3,1) = (BMS − EMS) / (BMS + (k−1) EMS)                     these very raters; consistency
 *   ICC(1,k) = (BMS − WMS) / BMS
 *   ICC(2,k) = (BMS − EMS) / (BMS + (JMS − EMS) / n)
 *   ICC(3,k) = (BMS − EMS) / BMS
 *
 * The first three are the reliability of one rater, the others of the mean of k. Intervals are those of the paper, from
 * F quantiles (for ICC(2,·) with Satterthwaite's degrees of freedom): they assume normal, independent targets and
 * residuals, and a complete table.
 */
export type MeanSquares = {
	targets: number;
	raters: number;
	/** BMS. */
	between: number;
	/** WMS. */
	within: number;
	/** JMS. */
	judges: number;
	/** EMS. */
	residual: number;
};

export function meanSquares(table: readonly (readonly number[])[]): MeanSquares {
	const n = table.length;
	const k = table[0]?.length ?? 0;
	if (n < 2 || k < 2 || table.some((row) => row.length !== k)) throw new RangeError('not a complete table');
	const rows = table.map((row) => row.reduce((sum, value) => sum + value, 0) / k);
	const grand = rows.reduce((sum, mean) => sum + mean, 0) / n;
	const columns = Array.from({ length: k }, (_, j) => table.reduce((sum, row) => sum + (row[j] ?? 0), 0) / n);
	const squares = (means: readonly number[], times: number) =>
		times * means.reduce((sum, mean) => sum + (mean - grand) ** 2, 0);
	const withinTargets = table.reduce(
		(sum, row, i) => sum + row.reduce((part, value) => part + (value - (rows[i] ?? 0)) ** 2, 0),
		0
	);
	const betweenJudges = squares(columns, n);
	return {
		targets: n,
		raters: k,
		between: squares(rows, k) / (n - 1),
		within: withinTargets / (n * (k - 1)),
		judges: betweenJudges / (k - 1),
		// Never below zero by a rounding error.
		residual: Math.max(0, withinTargets - betweenJudges) / ((n - 1) * (k - 1))
	};
}

export type Agreement = { estimate: number; interval: Interval };
export type RaterAgreement = {
	/** Reliability of one rater. */
	single: { oneWay: Agreement; twoWayRandom: Agreement; twoWayFixed: Agreement };
	/** Reliability of the mean of k raters. */
	mean: { oneWay: Agreement; twoWayRandom: Agreement; twoWayFixed: Agreement };
};

/** All six coefficients with intervals; null when the targets do not differ at all or nobody ever disagrees by chance. */
export function raterAgreement(squares: MeanSquares, level = 0.95): RaterAgreement | null {
	const { targets: n, raters: k, between, within, judges, residual } = squares;
	if (!(between > 0) || !(within > 0) || !(residual > 0)) return null;
	const p = 1 - (1 - level) / 2;
	const oneWay = ratioInterval(between / within, n - 1, n * (k - 1), p);
	const fixed = ratioInterval(between / residual, n - 1, (n - 1) * (k - 1), p);
	const single = (f: number) => (f - 1) / (f + k - 1);
	const mean = (f: number) => 1 - 1 / f;
	const of = (estimate: number, [lower, upper]: readonly [number, number]): Agreement => ({
		estimate,
		interval: { lower, upper, level }
	});
	const both = (bounds: readonly [number, number], turn: (f: number) => number): [number, number] => [
		turn(bounds[0]),
		turn(bounds[1])
	];
	const random = (between - residual) / (between + (k - 1) * residual + (k * (judges - residual)) / n);
	const randomBounds = randomInterval(squares, random, p);
	// The mean of k raters by Spearman and Brown, as the paper has it for the bounds.
	const stepUp = (one: number) => (k * one) / (1 + (k - 1) * one);
	return {
		single: {
			oneWay: of(single(between / within), both(oneWay, single)),
			twoWayRandom: of(random, randomBounds),
			twoWayFixed: of(single(between / residual), both(fixed, single))
		},
		mean: {
			oneWay: of(mean(between / within), both(oneWay, mean)),
			twoWayRandom: of(
				(between - residual) / (between + (judges - residual) / n),
				both(randomBounds, stepUp)
			),
			twoWayFixed: of(mean(between / residual), both(fixed, mean))
		}
	};
}

/** F / F(p; df1, df2) and F × F(p; df2, df1). */
const ratioInterval = (f: number, df1: number, df2: number, p: number): [number, number] => [
	f / fisherQuantile(p, df1, df2),
	f * fisherQuantile(p, df2, df1)
];

/** The bounds of ICC(2,1): the paper's equations with Satterthwaite's ν for the mixture of JMS and EMS. */
function randomInterval(squares: MeanSquares, icc: number, p: number): [number, number] {
	const { targets: n, raters: k, between, judges, residual } = squares;
	const fj = judges / residual;
	const shift = n * (1 + (k - 1) * icc) - k * icc;
	const df =
		((k - 1) * (n - 1) * (k * icc * fj + shift) ** 2) / ((n - 1) * k ** 2 * icc ** 2 * fj ** 2 + shift ** 2);
	const above = fisherQuantile(p, n - 1, df);
	const below = fisherQuantile(p, df, n - 1);
	const rest = k * judges + (k * n - k - n) * residual;
	return [
		(n * (between - above * residual)) / (above * rest + n * between),
		(n * (below * between - residual)) / (rest + n * below * between)
	];
}
