/** A matrix by its rows. */
export type Matrix = readonly Float64Array[];
/** A design by its columns, all of one length; the constant is a column like any other. */
export type Columns = readonly Float64Array[];

const at = (values: ArrayLike<number> | undefined, index: number): number => values?.[index] ?? 0;

/** XᵀWX, k × k. Without weights XᵀX. */
export function crossProduct(columns: Columns, weights?: Float64Array): Float64Array[] {
	const k = columns.length;
	const product = Array.from({ length: k }, () => new Float64Array(k));
	for (let a = 0; a < k; a++) {
		for (let b = a; b < k; b++) {
			const left = columns[a];
			const right = columns[b];
			if (!left || !right) continue;
			let sum = 0;
			if (weights === undefined) for (let i = 0; i < left.length; i++) sum += at(left, i) * at(right, i);
			else for (let i = 0; i < left.length; i++) sum += at(weights, i) * at(left, i) * at(right, i);
			for (const [row, column] of [
				[a, b],
				[b, a]
			] as const) {
				const target = product[row];
				if (target) target[column] = sum;
			}
		}
	}
	return product;
}

/** XᵀWy, k long. */
export function crossVector(columns: Columns, y: Float64Array, weights?: Float64Array): Float64Array {
	return Float64Array.from(columns, (column) => {
		let sum = 0;
		if (weights === undefined) for (let i = 0; i < y.length; i++) sum += at(column, i) * at(y, i);
		else for (let i = 0; i < y.length; i++) sum += at(weights, i) * at(column, i) * at(y, i);
		return sum;
	});
}

/** What is left of a variance below this share is rounding: the column is a sum of the others. */
const SINGULAR = 1e-11;

/** The inverse of a symmetric positive definite matrix by Cholesky; null when it is singular to working precision. */
export function inverseOf(matrix: Matrix): Float64Array[] | null {
	const k = matrix.length;
	const lower = Array.from({ length: k }, () => new Float64Array(k));
	for (let i = 0; i < k; i++) {
		for (let j = 0; j <= i; j++) {
			let sum = at(matrix[i], j);
			for (let m = 0; m < j; m++) sum -= at(lower[i], m) * at(lower[j], m);
			const row = lower[i];
			if (!row) continue;
			if (i === j) {
				if (!(sum > SINGULAR * at(matrix[i], i))) return null;
				row[i] = Math.sqrt(sum);
			} else row[j] = sum / at(lower[j], j);
		}
	}
	const inverse = Array.from({ length: k }, () => new Float64Array(k));
	const column = new Float64Array(k);
	for (let c = 0; c < k; c++) {
		for (let i = 0; i < k; i++) {
			let sum = i === c ? 1 : 0;
			for (let m = 0; m < i; m++) sum -= at(lower[i], m) * at(column, m);
			column[i] = sum / at(lower[i], i);
		}
		for (let i = k - 1; i >= 0; i--) {
			let sum = at(column, i);
			for (let m = i + 1; m < k; m++) sum -= at(lower[m], i) * at(inverse[m], c);
			const row = inverse[i];
			if (row) row[c] = sum / at(lower[i], i);
		}
	}
	return inverse;
}

/** Matrix × vector. */
export const times = (matrix: Matrix, vector: ArrayLike<number>): Float64Array =>
	Float64Array.from(matrix, (row) => row.reduce((sum, value, at_) => sum + value * at(vector, at_), 0));

/** xᵀMx. */
export const quadratic = (matrix: Matrix, x: ArrayLike<number>): number =>
	times(matrix, x).reduce((sum, value, index) => sum + value * at(x, index), 0);

/** Xb, one value an observation. */
export function fitted(columns: Columns, coefficients: ArrayLike<number>): Float64Array {
	const values = new Float64Array(columns[0]?.length ?? 0);
	columns.forEach((column, k) => {
		const coefficient = at(coefficients, k);
		for (let i = 0; i < values.length; i++) values[i] = at(values, i) + coefficient * at(column, i);
	});
	return values;
}
