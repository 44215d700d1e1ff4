import { normalQuantile } from './student.ts';

// Numerator and denominator of West (2005), highest power first.
const TOP = [
	3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
	221.213596169931, 220.206867912376
] as const;
const BOTTOM = [
	8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
	637.333633378831, 793.826512519948, 440.413735824752
] as const;
const horner = (coefficients: readonly number[], x: number): number =>
	coefficients.reduce((sum, c) => sum * x + c, 0);

/**
 * Φ(z), the normal distribution's P(Z ≤ z); absolute error below 1e-14.
 * West (2005), "Better approximations to cumulative normal functions", Wilmott Magazine, after Hart (1968).
 */
export function normalCdf(z: number): number {
	if (Number.isNaN(z)) throw new RangeError('z is not a number');
	const x = Math.abs(z);
	const tail = x > 37 ? 0 : upperTail(x);
	return z > 0 ? 1 - tail : tail;
}

function upperTail(x: number): number {
	const density = Math.exp((-x * x) / 2);
	if (x < 7.07106781186547) return (density * horner(TOP, x)) / horner(BOTTOM, x);
	const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
	return density / fraction / 2.506628274631;
}

/** How many standard deviations an interval that holds a share `level` reaches to either side: 1.645 for 0.9. */
export const normalReach = (level: number): number => normalQuantile(1 - (1 - level) / 2);
