import { clusterAt, clusterCount, placesOf, type PanelPlaces } from './panel.ts';

/** One measurement: `x` is the regressor whose coefficient is wanted, `unit` is also the cluster. */
export type EffectsRow = { unit: string; period: number; x: number; y: number };

export type TwoWayEffects = {
	coefficient: number;
	/** Clustered by unit; null when the sample leaves no degree of freedom for it. */
	standardError: number | null;
	clusters: number;
	observations: number;
	/** Without the unit effects, which are nested in the clusters. */
	parameters: number;
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
		const unit = unitOf[row] ?? 0;
		const cell = unit * wide + (periodOf[row] ?? 0);
		cells[cell] = (cells[cell] ?? 0) + 1;
		perUnit[unit] = (perUnit[unit] ?? 0) + 1;
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
		const total = perUnit[unit] ?? 0;
		for (let i = 0; i < periods; i++) {
			const count = cells[from + i] ?? 0;
			if (count === 0) continue;
			const share = count / total;
			for (let j = 0; j < periods; j++)
				flat[i * periods + j] = (flat[i * periods + j] ?? 0) - share * (cells[from + j] ?? 0);
			flat[i * periods + i] = (flat[i * periods + i] ?? 0) + count;
		}
	}
	const rows = Array.from({ length: periods }, (_, i) => flat.subarray(i * periods, (i + 1) * periods));
	const largest = rows.reduce((max, row, i) => Math.max(max, row[i] ?? 0), 0);
	const pivots = new Float64Array(periods);
	let rank = 0;
	rows.forEach((row, k) => {
		const pivot = row[k] ?? 0;
		if (pivot <= 1e-10 * largest) return;
		pivots[k] = pivot;
		rank++;
		rows.forEach((lower, i) => {
			if (i <= k) return;
			const factor = (lower[k] ?? 0) / pivot;
			for (let j = k + 1; j < periods; j++) lower[j] = (lower[j] ?? 0) - factor * (row[j] ?? 0);
			lower[k] = factor;
		});
	});
	return { rows, pivots, rank };
}

function solve({ rows, pivots }: Factor, right: Float64Array): Float64Array {
	const solution = Float64Array.from(right);
	rows.forEach((row, i) => {
		for (let k = 0; k < i; k++) {
			if ((pivots[k] ?? 0) > 0) solution[i] = (solution[i] ?? 0) - (row[k] ?? 0) * (solution[k] ?? 0);
		}
	});
	for (let i = rows.length - 1; i >= 0; i--) {
		const pivot = pivots[i] ?? 0;
		let value = pivot > 0 ? (solution[i] ?? 0) / pivot : 0;
		for (let k = i + 1; k < rows.length; k++) {
			if (pivot > 0) value -= at(rows[k], i) * (solution[k] ?? 0);
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
			const unit = unitOf[row] ?? 0;
			const period = periodOf[row] ?? 0;
			unitMean[unit] = (unitMean[unit] ?? 0) + (values[row] ?? 0) / (perUnit[unit] ?? 0);
			right[period] = (right[period] ?? 0) + (values[row] ?? 0);
		}
		for (let unit = 0; unit < perUnit.length; unit++) {
			const mean = unitMean[unit] ?? 0;
			for (let t = 0; t < wide; t++) right[t] = (right[t] ?? 0) - (cells[unit * wide + t] ?? 0) * mean;
		}
		const periodEffect = solve(factor, right);
		for (let unit = 0; unit < perUnit.length; unit++) {
			let effect = 0;
			for (let t = 0; t < wide; t++) effect += (cells[unit * wide + t] ?? 0) * (periodEffect[t] ?? 0);
			unitMean[unit] = (unitMean[unit] ?? 0) - effect / (perUnit[unit] ?? 0);
		}
		const left = new Float64Array(values.length);
		for (let row = 0; row < values.length; row++)
			left[row] = (values[row] ?? 0) - at(unitMean, unitOf[row] ?? 0) - at(periodEffect, periodOf[row] ?? 0);
		return left;
	};
	return { residuals, rank: factor.rank };
}

/**
 * Least squares of y on x with an effect for each unit and each period, by Frisch-Waugh-Lovell; the standard error
 * is clustered by unit (Liang & Zeger 1986) with the CR1 factor G/(G−1) · (N−1)/(N−K) (Cameron & Miller 2015, §II.B).
 * K counts the coefficient, the constant and the period effects but not the unit effects, which are nested in the
 * clusters (ibid. §III.B; as Stata's xtreg, fe vce(cluster) and fixest do). It assumes units independent of each
 * other, anything goes within a unit, and many units; where rows name a cluster of units, all that of clusters. Null when
 * nothing of x is left after the effects.
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
	const left = projection.residuals(x);
	return coefficientOf(places, left, outcomeLeft(projection, y), projection.rank, squares(x));
}

/** What the effects leave of an outcome. */
export function outcomeLeft({ residuals }: Projection, y: Float64Array): Float64Array {
	// Centring first keeps digits when the values are large and their changes small.
	const centre = y.reduce((sum, value) => sum + value, 0) / y.length;
	const centred = y.map((value) => value - centre);
	const outcome = residuals(centred);
	// An outcome that never moves leaves nothing but rounding, which must not be taken for a tiny, sure effect.
	if (squares(outcome) <= 1e-24 * squares(centred)) outcome.fill(0);
	return outcome;
}

/** CR1: what few clusters and few rows make a clustered variance too small by. */
export const smallSample = (clusters: number, observations: number, parameters: number): number =>
	(clusters / (clusters - 1)) * ((observations - 1) / (observations - parameters));

/**
 * The coefficient and its clustered error from what is left of x and y after the effects. `original` is Σx² before:
 * against it nothing counts as left.
 */
export function coefficientOf(
	places: PanelPlaces,
	x: Float64Array,
	y: Float64Array,
	rank: number,
	original: number
): TwoWayEffects | null {
	let variation = 0;
	let shared = 0;
	for (let row = 0; row < x.length; row++) {
		variation += (x[row] ?? 0) ** 2;
		shared += (x[row] ?? 0) * (y[row] ?? 0);
	}
	if (variation <= 1e-10 * original) return null;
	const coefficient = shared / variation;
	const clusters = clusterCount(places);
	const scores = new Float64Array(clusters);
	for (let row = 0; row < x.length; row++) {
		const unit = clusterAt(places, places.unitOf[row] ?? 0);
		scores[unit] = (scores[unit] ?? 0) + (x[row] ?? 0) * ((y[row] ?? 0) - coefficient * (x[row] ?? 0));
	}
	const observations = x.length;
	const parameters = 2 + rank;
	const meat = scores.reduce((sum, score) => sum + score * score, 0);
	const small = smallSample(clusters, observations, parameters);
	const standardError =
		clusters > 1 && observations > parameters ? Math.sqrt(small * meat) / variation : null;
	return { coefficient, standardError, clusters, observations, parameters };
}
