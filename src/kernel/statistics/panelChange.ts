import { logit } from './logit.ts';
import { crossProduct, crossVector, fitted, inverseOf, times, type Columns } from './matrix.ts';

/** How covariates enter a comparison of changes. */
export type CovariateMethod =
	/** The comparison units' change is predicted from the covariates (Heckman, Ichimura & Todd 1997). */
	| 'regression'
	/** Comparison units are weighted to look like the treated (Abadie 2005, weights normalised). */
	| 'weighting'
	/** Both; right when either model is (Sant'Anna & Zhao 2020). */
	| 'doublyRobust';

export type ChangeEffect = {
	estimate: number;
	/** The estimate's influence function, one value a unit, mean 0: its standard error is √Σψ² / n. */
	influence: Float64Array;
};
export type ChangeFailure = 'oneSide' | 'separated' | 'collinear' | 'noOverlap';

const at = (values: ArrayLike<number> | undefined, index: number): number => values?.[index] ?? 0;
/** A comparison unit that surely would have been treated tells nothing: as `did` trims. */
const SUREST = 0.995;

/**
 * Average effect on the treated from one change per unit: treated minus comparison, given covariates. `change[i]` is unit
 * i's outcome afterwards minus before, `columns` the covariates before (constant first). Assumes parallel paths given the
 * covariates and that every treated unit has comparison units like it. Influence functions of Sant'Anna & Zhao (2020),
 * Journal of Econometrics 219, as the R package DRDID computes them.
 */
export function effectOnChange(
	change: Float64Array,
	treated: Uint8Array,
	columns: Columns,
	method: CovariateMethod
): ChangeEffect | ChangeFailure {
	const n = change.length;
	const count = treated.reduce((sum, value) => sum + value, 0);
	if (count === 0 || count === n) return 'oneSide';
	const regression = method === 'weighting' ? null : outcomeModel(change, treated, columns);
	if (regression === 'collinear') return regression;
	const propensity = method === 'regression' ? null : propensityModel(treated, columns);
	if (typeof propensity === 'string') return propensity;

	const expected = regression?.expected ?? new Float64Array(n);
	// Regression: the treated's own average of what was expected. Otherwise: weights that make the others look like them.
	const weight = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		if (at(treated, i) === 1) continue;
		const p = at(propensity?.probability, i);
		weight[i] = propensity === null ? 0 : p < SUREST ? p / (1 - p) : 0;
	}
	const share = count / n;
	const mass = weight.reduce((sum, value) => sum + value, 0) / n;
	if (propensity !== null && !(mass > 0)) return 'noOverlap';

	let ofTreated = 0;
	let ofOthers = 0;
	for (let i = 0; i < n; i++) {
		const left = at(change, i) - at(expected, i);
		if (at(treated, i) === 1) ofTreated += left;
		else ofOthers += at(weight, i) * left;
	}
	const etaTreated = ofTreated / count;
	const etaOthers = propensity === null ? 0 : ofOthers / (n * mass);

	// How the estimate moves with the fitted coefficients of either model.
	const byOutcome = regression === null ? null : new Float64Array(columns.length);
	const byPropensity = propensity === null ? null : new Float64Array(columns.length);
	columns.forEach((column, k) => {
		let onTreated = 0;
		let onOthers = 0;
		let onScore = 0;
		for (let i = 0; i < n; i++) {
			const x = at(column, i);
			if (at(treated, i) === 1) onTreated += x;
			else {
				const w = at(weight, i);
				onOthers += w * x;
				onScore += w * x * (at(change, i) - at(expected, i) - etaOthers);
			}
		}
		if (byOutcome) byOutcome[k] = -onTreated / count + (propensity === null ? 0 : onOthers / (n * mass));
		if (byPropensity) byPropensity[k] = -onScore / (n * mass);
	});
	const turnOutcome = byOutcome && regression ? times(regression.inverse, byOutcome) : null;
	const turnPropensity = byPropensity && propensity ? times(propensity.covariance, byPropensity) : null;

	const influence = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		const left = at(change, i) - at(expected, i);
		let value =
			at(treated, i) === 1
				? (left - etaTreated) / share
				: propensity === null
					? 0
					: -(at(weight, i) * (left - etaOthers)) / mass;
		if (turnOutcome && at(treated, i) === 0) value += n * left * along(columns, turnOutcome, i);
		if (turnPropensity)
			value += n * (at(treated, i) - at(propensity?.probability, i)) * along(columns, turnPropensity, i);
		influence[i] = value;
	}
	return { estimate: etaTreated - etaOthers, influence };
}

const along = (columns: Columns, vector: Float64Array, i: number): number =>
	columns.reduce((sum, column, k) => sum + at(column, i) * at(vector, k), 0);

/** Least squares of the change on the covariates among the comparison units, foretold for all. */
function outcomeModel(change: Float64Array, treated: Uint8Array, columns: Columns) {
	const others = Float64Array.from(treated, (value) => 1 - value);
	const inverse = inverseOf(crossProduct(columns, others));
	if (inverse === null) return 'collinear' as const;
	const coefficients = times(inverse, crossVector(columns, change, others));
	return { expected: fitted(columns, coefficients), inverse };
}

function propensityModel(treated: Uint8Array, columns: Columns) {
	const model = logit(columns, treated);
	return model.converged ? model : model.why;
}
