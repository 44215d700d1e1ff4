/** Where a value stands on an axis, in per cent of its length: charts are drawn in per cent so that text never shrinks. */
export type Domain = readonly [low: number, high: number];

/** Round steps of 1, 2 or 5 times a power of ten that cover `values`; includes zero on request. Never empty. */
export function niceDomain(values: readonly number[], { zero = false, ticks = 5 } = {}): Domain {
	const all = zero ? [...values, 0] : values;
	const low = all.length > 0 ? Math.min(...all) : 0;
	const high = all.length > 0 ? Math.max(...all) : 1;
	// One value, or values only a rounding error apart, still need an axis with a length.
	if (high - low <= 1e-9 * Math.max(1, Math.abs(low), Math.abs(high)))
		return [zero && low >= 0 ? 0 : low - 1, high + 1];
	const step = niceStep((high - low) / ticks);
	return [clean(Math.floor(low / step) * step), clean(Math.ceil(high / step) * step)];
}

/** Round values from end to end of the domain, about `count` steps apart; of things that are counted, none between two. */
export function ticksOf([low, high]: Domain, count = 5, { whole = false } = {}): number[] {
	const rough = niceStep((high - low) / count);
	const step = whole ? Math.max(1, rough) : rough;
	const first = Math.ceil(low / step - 1e-9);
	const last = Math.floor(high / step + 1e-9);
	return Array.from({ length: last - first + 1 }, (_, index) => clean((first + index) * step));
}

/** Share of the axis from `low`, 0 to 100; values outside stop at the ends. */
export function along([low, high]: Domain, value: number): number {
	if (high === low) return 0;
	return Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100));
}

/** As an SVG length, two decimals. */
export const percent = (share: number): string => `${Math.round(share * 100) / 100}%`;

/** Decimals that tell neighbouring ticks apart. */
export function digitsOf(ticks: readonly number[]): number {
	const [first = 0, second = first + 1] = ticks;
	return Math.max(0, Math.min(3, -Math.floor(Math.log10(Math.abs(second - first)) + 1e-9)));
}

/** Which step of a heat map: 0 below the first threshold, one more from each on. */
export const stepOf = (value: number, thresholds: readonly number[]): number =>
	thresholds.filter((threshold) => value >= threshold).length;

function niceStep(rough: number): number {
	const power = 10 ** Math.floor(Math.log10(rough));
	const factor = [1, 2, 5, 10].find((candidate) => candidate >= rough / power - 1e-9) ?? 10;
	return factor * power;
}

/** 0.30000000000000004 is not a tick. */
const clean = (value: number): number => Number(value.toPrecision(12));
