import { randomFrom } from './random.ts';
import { normalQuantile } from './student.ts';

export type Band = {
	/** One for each estimate. */
	standardErrors: number[];
	/** How many standard errors to either side hold all the estimates at once. */
	critical: number;
	level: number;
};

/** Φ⁻¹(0.75) − Φ⁻¹(0.25): the spread of a normal between its quartiles. */
const QUARTILES = normalQuantile(0.75) - normalQuantile(0.25);

/**
 * Multiplier bootstrap of estimates by their influence functions (each one value a unit, same units): Mammen's two-point
 * weights, errors from the quartiles, and the factor for a band that holds all of them together (Callaway & Sant'Anna 2021,
 * algorithm 1; as `mboot` of the R package did). The same seed draws the same.
 */
export function multiplierBootstrap(
	influences: readonly Float64Array[],
	counted: number,
	{ draws = 999, seed = 1, level = 0.95 }: { draws?: number; seed?: number; level?: number } = {}
): Band {
	const random = randomFrom(seed);
	const root = Math.sqrt(5);
	const low = (1 - root) / 2;
	const high = (1 + root) / 2;
	const share = (root + 1) / (2 * root);
	const drawn = influences.map(() => new Float64Array(draws));
	const units = influences[0]?.length ?? 0;
	const weights = new Float64Array(units);
	for (let draw = 0; draw < draws; draw++) {
		for (let i = 0; i < units; i++) weights[i] = random() < share ? low : high;
		influences.forEach((influence, k) => {
			let sum = 0;
			for (let i = 0; i < units; i++) sum += (weights[i] ?? 0) * (influence[i] ?? 0);
			const own = drawn[k];
			if (own) own[draw] = sum / counted;
		});
	}
	const standardErrors = drawn.map((values) => {
		const sorted = values.toSorted();
		return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / QUARTILES;
	});
	const largest = new Float64Array(draws);
	drawn.forEach((values, k) => {
		const error = standardErrors[k] ?? 0;
		if (error === 0) return;
		values.forEach((value, draw) => (largest[draw] = Math.max(largest[draw] ?? 0, Math.abs(value) / error)));
	});
	return { standardErrors, critical: quantile(largest.toSorted(), level), level };
}

/** The smallest value that a share p does not exceed (R's type 1). */
const quantile = (sorted: Float64Array, p: number): number =>
	sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? 0;
