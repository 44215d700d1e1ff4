/** One measurement: `x` is the regressor whose coefficient is wanted, `unit` is also the cluster. */
export type EffectsRow = { unit: string; period: number; x: number; y: number };

export type TwoWayEffects = {
	coefficient: number;
	/** Clustered by unit; null when the sample leaves no degree of freedom for it. */
	standardError: number | null;
	clusters: number;
	observations: number;
};

const at = (values: ArrayLike<number>, index: number): number => values[index] ?? 0;

/** Which unit and period each row belongs to, and how often each pair occurs. */
type Layout = {
	unitOf: number[];
	periodOf: number[];
	counts: Float64Array[];
	perUnit: number[];
	periods: number;
};

function layoutOf(rows: readonly EffectsRow[]): Layout {
	const units = new Map<string, number>();
	const periods = new Map<number, number>();
	for (const { unit, period } of rows) {
		if (!units.has(unit)) units.set(unit, units.size);
		if (!periods.has(period)) periods.set(period, periods.size);
	}
	const counts = Array.from(units, () => new Float64Array(periods.size));
	const perUnit = new Array<number>(units.size).fill(0);
	const unitOf = rows.map(({ unit }) => units.get(unit) ?? 0);
	const periodOf = rows.map(({ period }) => periods.get(period) ?? 0);
	rows.forEach((_, row) => {
		const unit = at(unitOf, row);
		const cells = counts[unit];
		if (cells) cells[at(periodOf, row)] = at(cells, at(periodOf, row)) + 1;
		perUnit[unit] = at(perUnit, unit) + 1;
	});
	return { unitOf, periodOf, counts, perUnit, periods: periods.size };
}

type Factor = { rows: Float64Array[]; pivots: Float64Array; rank: number };

/**
 * LDLᵀ of the period equations left after the unit effects are taken out. That matrix is a graph's Laplacian:
 * singular by one for each set of periods joined through units, so vanishing pivots are expected and skipped.
 */
function periodFactor({ counts, perUnit, periods }: Layout): Factor {
	const rows = Array.from({ length: periods }, () => new Float64Array(periods));
	counts.forEach((cells, unit) => {
		const total = at(perUnit, unit);
		rows.forEach((row, i) => {
			const count = at(cells, i);
			if (count === 0) return;
			for (let j = 0; j < periods; j++) row[j] = at(row, j) - (count * at(cells, j)) / total;
			row[i] = at(row, i) + count;
		});
	});
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
			if (pivot > 0) value -= at(rows[k] ?? [], i) * at(solution, k);
		}
		solution[i] = value;
	}
	return solution;
}

/** What is left of a variable after its best unit and period effects, exactly also when the panel has holes. */
function residuals(values: readonly number[], layout: Layout, factor: Factor): number[] {
	const { unitOf, periodOf, counts, perUnit, periods } = layout;
	const unitMean = new Float64Array(perUnit.length);
	const right = new Float64Array(periods);
	values.forEach((value, row) => {
		const unit = at(unitOf, row);
		unitMean[unit] = at(unitMean, unit) + value / at(perUnit, unit);
		right[at(periodOf, row)] = at(right, at(periodOf, row)) + value;
	});
	counts.forEach((cells, unit) => {
		for (let t = 0; t < periods; t++) right[t] = at(right, t) - at(cells, t) * at(unitMean, unit);
	});
	const periodEffect = solve(factor, right);
	counts.forEach((cells, unit) => {
		let effect = 0;
		for (let t = 0; t < periods; t++) effect += at(cells, t) * at(periodEffect, t);
		unitMean[unit] = at(unitMean, unit) - effect / at(perUnit, unit);
	});
	return values.map(
		(value, row) => value - at(unitMean, at(unitOf, row)) - at(periodEffect, at(periodOf, row))
	);
}

/**
 * Least squares of y on x with an effect for each unit and each period, by Frisch-Waugh-Lovell; the standard error
 * is clustered by unit (Liang & Zeger 1986) with the CR1 factor G/(G−1) · (N−1)/(N−K) (Cameron & Miller 2015, §II.B).
 * K counts the coefficient, the constant and the period effects but not the unit effects, which are nested in the
 * clusters (ibid. §III.B; as Stata's xtreg, fe vce(cluster) and fixest do). It assumes units independent of each
 * other, anything goes within a unit, and many units. Null when nothing of x is left after the effects.
 */
export function twoWayEffects(rows: readonly EffectsRow[]): TwoWayEffects | null {
	if (rows.length === 0) return null;
	const layout = layoutOf(rows);
	const factor = periodFactor(layout);
	// Centring first keeps digits when the values are large and their changes small.
	const centre = rows.reduce((sum, { y }) => sum + y, 0) / rows.length;
	const x = residuals(
		rows.map((row) => row.x),
		layout,
		factor
	);
	const y = residuals(
		rows.map((row) => row.y - centre),
		layout,
		factor
	);
	const variation = x.reduce((sum, value) => sum + value * value, 0);
	const original = rows.reduce((sum, row) => sum + row.x * row.x, 0);
	if (variation <= 1e-10 * original) return null;

	const coefficient = x.reduce((sum, value, row) => sum + value * at(y, row), 0) / variation;
	const scores = new Float64Array(layout.perUnit.length);
	x.forEach((value, row) => {
		const unit = at(layout.unitOf, row);
		scores[unit] = at(scores, unit) + value * (at(y, row) - coefficient * value);
	});
	const clusters = scores.length;
	const observations = rows.length;
	const parameters = 2 + factor.rank;
	const meat = scores.reduce((sum, score) => sum + score * score, 0);
	const small = (clusters / (clusters - 1)) * ((observations - 1) / (observations - parameters));
	const standardError =
		clusters > 1 && observations > parameters ? Math.sqrt(small * meat) / variation : null;
	return { coefficient, standardError, clusters, observations };
}
