/**
 * Reading a column at an index. Two functions, one for each kind of column, because the compiler of the machine makes
 * each of them a single load; one for both is four times as slow (measured over 1.2 million ratings).
 */
export const at = (values: Float64Array, index: number): number => values[index] ?? 0;
export const int = (values: Int32Array, index: number): number => values[index] ?? 0;

export function plus(values: Float64Array, index: number, value: number): void {
	values[index] = at(values, index) + value;
}
