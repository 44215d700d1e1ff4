import { crossProduct, crossVector, fitted, inverseOf, times, type Columns } from './matrix.ts';

/**
 * How a standard error is reckoned: `classical` (equal scatter), HC1 to HC3 (unequal scatter; MacKinnon & White 1985), or by
 * cluster (Liang & Zeger 1986 with the factor G/(G−1) · (N−1)/(N−K)). HC2 of a plain difference of means is Neyman's (1923)
 * and Welch's error.
 */
export type ErrorKind = 'classical' | 'HC1' | 'HC2' | 'HC3' | { clusters: ArrayLike<number> };

export type LeastSquares = {
	/** One for each column, in its order. */
	coefficients: Float64Array;
	standardErrors: Float64Array;
	/** k × k. */
	covariance: Float64Array[];
	/** (XᵀX)⁻¹, k × k. */
	inverse: Float64Array[];
	residuals: Float64Array;
	/** n − k, or clusters − 1. */
	df: number;
	clusters: number | null;
};

const at = (values: ArrayLike<number> | undefined, index: number): number => values?.[index] ?? 0;

/**
 * Least squares of y on columns (one of them the constant). Null when a column is a sum of others, or no degree of freedom
 * is left for the scatter. With HC2 or HC3 an observation that fits itself (leverage 1) has no error of its own and is
 * counted with none.
 */
export function leastSquares(
	columns: Columns,
	y: Float64Array,
	kind: ErrorKind = 'HC2'
): LeastSquares | null {
	const n = y.length;
	const k = columns.length;
	if (n <= k) return null;
	const inverse = inverseOf(crossProduct(columns));
	if (inverse === null) return null;
	const coefficients = times(inverse, crossVector(columns, y));
	const expected = fitted(columns, coefficients);
	const residuals = y.map((value, i) => value - at(expected, i));
	const { covariance, df, clusters } = scatterOf(columns, residuals, inverse, kind);
	const standardErrors = Float64Array.from(covariance, (row, a) => Math.sqrt(Math.max(0, at(row, a))));
	return { coefficients, standardErrors, covariance, inverse, residuals, df, clusters };
}

function scatterOf(columns: Columns, residuals: Float64Array, inverse: Float64Array[], kind: ErrorKind) {
	const n = residuals.length;
	const k = columns.length;
	if (kind === 'classical') {
		const variance = residuals.reduce((sum, e) => sum + e * e, 0) / (n - k);
		return {
			covariance: inverse.map((row) => row.map((value) => value * variance)),
			df: n - k,
			clusters: null
		};
	}
	if (typeof kind === 'object') {
		const sums = new Map<number, Float64Array>();
		for (let i = 0; i < n; i++) {
			const cluster = at(kind.clusters, i);
			const sum = sums.get(cluster) ?? new Float64Array(k);
			sums.set(cluster, sum);
			for (let a = 0; a < k; a++) sum[a] = at(sum, a) + at(columns[a], i) * at(residuals, i);
		}
		const count = sums.size;
		const scores = columns.map((_, a) => Float64Array.from(sums.values(), (sum) => at(sum, a)));
		const factor = count > 1 ? ((count / (count - 1)) * (n - 1)) / (n - k) : Infinity;
		return { covariance: sandwich(inverse, crossProduct(scores), factor), df: count - 1, clusters: count };
	}
	const weights = residuals.map((e, i) => {
		const left = kind === 'HC1' ? 1 : 1 - leverage(columns, inverse, i);
		if (kind === 'HC1') return (e * e * n) / (n - k);
		if (left < 1e-12) return 0;
		return kind === 'HC2' ? (e * e) / left : (e * e) / (left * left);
	});
	return { covariance: sandwich(inverse, crossProduct(columns, weights), 1), df: n - k, clusters: null };
}

function leverage(columns: Columns, inverse: readonly Float64Array[], i: number): number {
	let sum = 0;
	for (let a = 0; a < columns.length; a++)
		for (let b = 0; b < columns.length; b++) sum += at(columns[a], i) * at(inverse[a], b) * at(columns[b], i);
	return sum;
}

function sandwich(
	bread: readonly Float64Array[],
	meat: readonly Float64Array[],
	factor: number
): Float64Array[] {
	// The transpose of meat × bread, row by row: both are symmetric.
	const half = bread.map((row) => times(meat, row));
	return bread.map((_, a) => Float64Array.from(bread, (row) => factor * dot(half[a], row)));
}

const dot = (a: Float64Array | undefined, b: Float64Array): number =>
	b.reduce((sum, value, i) => sum + value * at(a, i), 0);
