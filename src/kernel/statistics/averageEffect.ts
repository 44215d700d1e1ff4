import { leastSquares } from './leastSquares.ts';
import { logit } from './logit.ts';
import { fitted, times, type Columns } from './matrix.ts';
import { normalReach } from './normal.ts';
import { effectOnChange, type CovariateMethod } from './panelChange.ts';
import type { Interval } from './student.ts';

export type CovariateEffect = {
	estimate: number;
	standardError: number;
	interval: Interval;
	treated: number;
	comparison: number;
};
export type NoCovariateEffect = 'oneSide' | 'separated' | 'collinear' | 'noOverlap';

/** Whose average effect: of those who were treated, or of everybody. */
export type Estimand = 'treated' | 'all';

/**
 * The effect of a treatment that people were not drawn for, given what was known of them before: regression, inverse
 * probability weights (Hájek's, normalised to 1), or both (AIPW; Robins, Rotnitzky & Zhao 1994). Errors from the influence
 * function, the estimated models' own uncertainty included.
 *
 * Assumes that nothing else decided both who was treated and how they fared (unconfoundedness), and that everybody could
 * have been on either side (overlap). The first cannot be tested; a report has to say so. `covariates` as columns
 * without the constant.
 */
export function averageEffect(
	y: Float64Array,
	treated: Uint8Array,
	covariates: Columns,
	{
		estimand = 'treated',
		method = 'doublyRobust',
		level = 0.95,
		clusters
	}: {
		estimand?: Estimand;
		method?: CovariateMethod;
		level?: number;
		/** Within which anything may go together; absent: everybody is independent. */
		clusters?: ArrayLike<number> | undefined;
	} = {}
): CovariateEffect | NoCovariateEffect {
	const n = y.length;
	const count = treated.reduce((sum, value) => sum + value, 0);
	if (count === 0 || count === n) return 'oneSide';
	const columns = [new Float64Array(n).fill(1), ...covariates.map(standardised)];
	const found =
		estimand === 'treated'
			? effectOnChange(y, treated, columns, method)
			: effectOnAll(y, treated, columns, method);
	if (typeof found === 'string') return found;
	const { estimate, influence } = found;
	const standardError =
		Math.sqrt(gathered(influence, clusters).reduce((sum, value) => sum + value * value, 0)) / n;
	const margin = normalReach(level) * standardError;
	return {
		estimate,
		standardError,
		interval: { lower: estimate - margin, upper: estimate + margin, level },
		treated: count,
		comparison: n - count
	};
}

/** An influence summed by cluster: what goes together counts once. */
export function gathered(influence: Float64Array, clusters: ArrayLike<number> | undefined): Float64Array {
	if (clusters === undefined) return influence;
	let count = 0;
	for (let i = 0; i < influence.length; i++) count = Math.max(count, (clusters[i] ?? 0) + 1);
	const sums = new Float64Array(count);
	for (let i = 0; i < influence.length; i++) {
		const cluster = clusters[i] ?? 0;
		sums[cluster] = (sums[cluster] ?? 0) + (influence[i] ?? 0);
	}
	return sums;
}

/** Mean 0 and spread 1: amounts in rupiah beside years do not look like sums of each other. */
export function standardised(column: Float64Array): Float64Array {
	const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
	const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length);
	return column.map((value) => (value - mean) / (spread || 1));
}

const at = (values: ArrayLike<number> | undefined, index: number): number => values?.[index] ?? 0;

function effectOnAll(y: Float64Array, treated: Uint8Array, columns: Columns, method: CovariateMethod) {
	const n = y.length;
	const propensity = method === 'regression' ? null : logit(columns, treated);
	if (propensity?.converged === false) return propensity.why;
	const ones = method === 'weighting' ? null : sideModel(y, treated, columns, 1);
	const others = method === 'weighting' ? null : sideModel(y, treated, columns, 0);
	if (ones === 'collinear' || others === 'collinear') return 'collinear' as const;

	// 1/p for the treated, 1/(1 − p) for the others; regression alone corrects nothing by weights.
	const weight = y.map((_, i) => {
		if (propensity === null) return 0;
		const p = at(propensity.probability, i);
		return at(treated, i) === 1 ? 1 / p : 1 / (1 - p);
	});
	const mass = [0, 1].map(
		(side) => weight.reduce((sum, w, i) => sum + (at(treated, i) === side ? w : 0), 0) / n
	);
	const left = y.map((value, i) => value - at((at(treated, i) === 1 ? ones : others)?.expected, i));
	const centre = [0, 1].map((side) =>
		mass[side] === 0
			? 0
			: left.reduce((sum, e, i) => sum + (at(treated, i) === side ? at(weight, i) * e : 0), 0) /
				n /
				at(mass, side)
	);
	const foretold = y.map((_, i) => at(ones?.expected, i) - at(others?.expected, i));
	const base = foretold.reduce((sum, value) => sum + value, 0) / n;
	const estimate = base + at(centre, 1) - at(centre, 0);

	// How the estimate moves with the fitted coefficients of each model.
	const moves = {
		propensity: new Float64Array(columns.length),
		ones: new Float64Array(columns.length),
		others: new Float64Array(columns.length)
	};
	columns.forEach((column, k) => {
		let byOnes = 0;
		let byOthers = 0;
		let byScore = 0;
		for (let i = 0; i < n; i++) {
			const x = at(column, i);
			const side = at(treated, i);
			const w = at(mass, side) === 0 ? 0 : at(weight, i) / at(mass, side);
			byOnes += x - (side === 1 ? w * x : 0);
			byOthers += x - (side === 0 ? w * x : 0);
			const p = at(propensity?.probability, i);
			// d(1/p) = −(1−p)/p, d(1/(1−p)) = +p/(1−p): both pull the difference the same way.
			byScore -= w * x * (at(left, i) - at(centre, side)) * (side === 1 ? 1 - p : p);
		}
		moves.ones[k] = byOnes / n;
		moves.others[k] = -byOthers / n;
		moves.propensity[k] = byScore / n;
	});
	const turn = {
		propensity: propensity === null ? null : times(propensity.covariance, moves.propensity),
		ones: ones === null ? null : times(ones.inverse, moves.ones),
		others: others === null ? null : times(others.inverse, moves.others)
	};
	const influence = y.map((_, i) => {
		const side = at(treated, i);
		const w = at(mass, side) === 0 ? 0 : at(weight, i) / at(mass, side);
		let value = at(foretold, i) - base + (side === 1 ? 1 : -1) * w * (at(left, i) - at(centre, side));
		if (turn.propensity)
			value += n * (side - at(propensity?.probability, i)) * along(columns, turn.propensity, i);
		const own = side === 1 ? turn.ones : turn.others;
		if (own) value += n * at(left, i) * along(columns, own, i);
		return value;
	});
	return { estimate, influence };
}

const along = (columns: Columns, vector: Float64Array, i: number): number =>
	columns.reduce((sum, column, k) => sum + at(column, i) * at(vector, k), 0);

/** Least squares on one side, foretold for everybody; the inverse of its cross product for the errors. */
function sideModel(y: Float64Array, treated: Uint8Array, columns: Columns, side: 0 | 1) {
	const rows = [...treated.keys()].filter((i) => treated[i] === side);
	const own = columns.map((column) => Float64Array.from(rows, (i) => at(column, i)));
	const fit = leastSquares(
		own,
		Float64Array.from(rows, (i) => at(y, i)),
		'classical'
	);
	if (fit === null) return 'collinear' as const;
	return { expected: fitted(columns, fit.coefficients), inverse: fit.inverse };
}
