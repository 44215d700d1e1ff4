/** Arithmetic mean; NaN of nothing. */
export const meanOf = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample variance (n − 1) by two passes; null below two values. */
export function varianceOf(values: readonly number[]): number | null {
	if (values.length < 2) return null;
	const mean = meanOf(values);
	return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
