import { placesOf, type PanelPlaces } from './panel.ts';

/** One measurement: `x` is the regressor whose coefficient is wanted, `unit` is also the cluster. */
export type EffectsRow = { unit: string; period: number; x: number; y: number };

export type TwoWayEffects = {
	coefficient: number;
	/** Clustered by unit; null when the sample leaves no degree of freedom for it. */
	standardError: number | null;
	clusters: number;
	observations: number;
};

const at = (values: ArrayLike<number> | undefined, index: number): number => values?.[index] ?? 0;

type Factor = { rows: Float64Array[]; pivots: Float64Array; rank: number };
type Counts = { cells: Float64Array; perUnit: Float64Array };

/** How often each unit and period occur together, unit by unit. */
function countsOf({ unitOf, units, periodOf, periods }: PanelPlaces): Counts {
	const wide = periods.length;
	const cells = new Float64Array(units * wide);
	const perUnit = new Float64Array(units);
	for (let row = 0; row < unitOf.length; row++) {
		const unit = at(unitOf, row);
		const cell = unit * wide + at(periodOf, row);
		cells[cell] = at(cells, cell) + 1;
		perUnit[unit] = at(perUnit, unit) + 1;
	}
	return { cells, perUnit };
}

/**
 * LDLᵀ of the period equations left after the unit effects are taken out. That matrix is a graph's Laplacian:
 * singular by one for each set of periods joined through units, so vanishing pivots are expected and skipped.
 */
function periodFactor({ cells, perUnit }: Counts, periods: number): Factor {
	const flat = new Float64Array(periods * periods);
	for (let unit = 0; unit < perUnit.length; unit++) {
		const from = unit * periods;
		const total = at(perUnit, unit);
		for (let i = 0; i < periods; i++) {
			const count = at(cells, from + i);
			if (count === 0) continue;
			const share = count / total;
			for (let j = 0; j < periods; j++)
				flat[i * periods + j] = at(flat, i * periods + j) - share * at(cells, from + j);
			flat[i * periods + i] = at(flat, i * periods + i) + count;
		}
	}
	const rows = Array.from({ length: periods }, (_, i) => flat.subarray(i * periods, (i + 1) * periods));
	const largest = rows.reduce((max, row, i) => Math.max(max, at(row, i)), 0);
	const pivots = new Float64Array(periods);
	let rank = 0;
	rows.forEach((row, k) => {
		const pivot = at(row, k);
		if (pivot <= 1e-10 * largest) return;
		pivots[k] = pivot;
		rank++;
		rows.forEach((lower, i) => {
			if (i <= k) return;
			const factor = at(lower, k) / pivot;
			for (let j = k + 1; j < periods; j++) lower[j] = at(lower, j) - factor * at(row, j);
			lower[k] = factor;
		});
	});
	return { rows, pivots, rank };
}

function solve({ rows, pivots }: Factor, right: Float64Array): Float64Array {
	const solution = Float64Array.from(right);
	rows.forEach((row, i) => {
		for (let k = 0; k < i; k++) {
			if (at(pivots, k) > 0) solution[i] = at(solution, i) - at(row, k) * at(solution, k);
		}
	});
	for (let i = rows.length - 1; i >= 0; i--) {
		const pivot = at(pivots, i);
		let value = pivot > 0 ? at(solution, i) / pivot : 0;
		for (let k = i + 1; k < rows.length; k++) {
			if (pivot > 0) value -= at(rows[k], i) * at(solution, k);
		}
		solution[i] = value;
	}
	return solution;
}

export type Projection = {
	/** What is left of a variable after its best unit and period effects, exactly also when the panel has holes. */
	residuals: (values: Float64Array) => Float64Array;
	/** Period effects that can be told from the unit effects. */
	rank: number;
};

/** Takes out the effects of units and periods (Frisch-Waugh-Lovell); made once, used for as many variables as wanted. */
export function projectionOf(places: PanelPlaces): Projection {
	const { unitOf, periodOf } = places;
	const counts = countsOf(places);
	const wide = places.periods.length;
	const factor = periodFactor(counts, wide);
	const { cells, perUnit } = counts;
	const residuals = (values: Float64Array): Float64Array => {
		const unitMean = new Float64Array(perUnit.length);
		const right = new Float64Array(wide);
		for (let row = 0; row < values.length; row++) {
			const unit = at(unitOf, row);
			const period = at(periodOf, row);
			unitMean[unit] = at(unitMean, unit) + at(values, row) / at(perUnit, unit);
			right[period] = at(right, period) + at(values, row);
		}
		for (let unit = 0; unit < perUnit.length; unit++) {
			const mean = at(unitMean, unit);
			for (let t = 0; t < wide; t++) right[t] = at(right, t) - at(cells, unit * wide + t) * mean;
		}
		const periodEffect = solve(factor, right);
		for (let unit = 0; unit < perUnit.length; unit++) {
			let effect = 0;
			for (let t = 0; t < wide; t++) effect += at(cells, unit * wide + t) * at(periodEffect, t);
			unitMean[unit] = at(unitMean, unit) - effect / at(perUnit, unit);
		}
		const left = new Float64Array(values.length);
		for (let row = 0; row < values.length; row++)
			left[row] = at(values, row) - at(unitMean, at(unitOf, row)) - at(periodEffect, at(periodOf, row));
		return left;
	};
	return { residuals, rank: factor.rank };
}

/**
 * Least squares of y on x with an effect for each unit and each period, by Frisch-Waugh-Lovell; the standard error
 * is clustered by unit (Liang & Zeger 1986) with the CR1 factor G/(G−1) · (N−1)/(N−K) (Cameron & Miller 2015, §II.B).
 * K counts the coefficient, the constant and the period effects but not the unit effects, which are nested in the
 * clusters (ibid. §III.B; as Stata's xtreg, fe vce(cluster) and fixest do). It assumes units independent of each
 * other, anything goes within a unit, and many units. Null when nothing of x is left after the effects.
 */
export function twoWayEffects(rows: readonly EffectsRow[]): TwoWayEffects | null {
	return effectsOf(
		placesOf(rows),
		Float64Array.from(rows, ({ x }) => x),
		Float64Array.from(rows, ({ y }) => y)
	);
}

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** The same for rows in columns. */
export function effectsOf(places: PanelPlaces, x: Float64Array, y: Float64Array): TwoWayEffects | null {
	if (x.length === 0) return null;
	const projection = projectionOf(places);
	// Centring first keeps digits when the values are large and their changes small.
	const centre = y.reduce((sum, value) => sum + value, 0) / y.length;
	const left = projection.residuals(x);
	const original = squares(x);
	const centred = y.map((value) => value - centre);
	const outcome = projection.residuals(centred);
	// An outcome that never moves leaves nothing but rounding, which must not be taken for a tiny, sure effect.
	if (squares(outcome) <= 1e-24 * squares(centred)) outcome.fill(0);
	return coefficientOf(places, left, outcome, projection.rank, original);
}

/**
 * The coefficient and its clustered error from what is left of x and y after the effects. `original` is Σx² before:
 * against it nothing counts as left.
 */
export function coefficientOf(
	{ unitOf, units }: PanelPlaces,
	x: Float64Array,
	y: Float64Array,
	rank: number,
	original: number
): TwoWayEffects | null {
	let variation = 0;
	let shared = 0;
	for (let row = 0; row < x.length; row++) {
		variation += at(x, row) ** 2;
		shared += at(x, row) * at(y, row);
	}
	if (variation <= 1e-10 * original) return null;
	const coefficient = shared / variation;
	const scores = new Float64Array(units);
	for (let row = 0; row < x.length; row++) {
		const unit = at(unitOf, row);
		scores[unit] = at(scores, unit) + at(x, row) * (at(y, row) - coefficient * at(x, row));
	}
	const observations = x.length;
	const parameters = 2 + rank;
	const meat = scores.reduce((sum, score) => sum + score * score, 0);
	const small = (units / (units - 1)) * ((observations - 1) / (observations - parameters));
	const standardError = units > 1 && observations > parameters ? Math.sqrt(small * meat) / variation : null;
	return { coefficient, standardError, clusters: units, observations };
}
