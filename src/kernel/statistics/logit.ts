import { crossProduct, crossVector, fitted, inverseOf, times, type Columns } from './matrix.ts';

export type Logit =
	| {
			converged: true;
			/** One for each column, in its order. */
			coefficients: Float64Array;
			/** P(treated) of every observation. */
			probability: Float64Array;
			/** Inverse of the information matrix: the coefficients' covariance, k × k. */
			covariance: Float64Array[];
	  }
	/** `separated`: a sum of the columns tells the two sides apart without error, and no finite estimate exists. */
	| { converged: false; why: 'separated' | 'collinear' | 'oneSide' };

const MOST_STEPS = 50;
const SETTLED = 1e-10;
/** At odds of e³⁰ a probability is 0 or 1 to every digit that counts. */
const SURE = 30;

/**
 * Logistic regression of 0/1 on the columns (one of them the constant), maximum likelihood by Newton's method
 * (iteratively reweighted least squares; McCullagh & Nelder 1989, §4.4), as R's glm(binomial). Perfect separation, where
 * the likelihood has no maximum (Albert & Anderson 1984), is an answer, not a number.
 */
export function logit(columns: Columns, treated: Uint8Array): Logit {
	const n = treated.length;
	const share = treated.reduce((sum, value) => sum + value, 0) / n;
	if (!(share > 0 && share < 1)) return { converged: false, why: 'oneSide' };
	if (inverseOf(crossProduct(columns)) === null) return { converged: false, why: 'collinear' };
	let coefficients = new Float64Array(columns.length);
	let deviance = Infinity;
	for (let step = 0; step < MOST_STEPS; step++) {
		const odds = fitted(columns, coefficients);
		const probability = odds.map((eta) => 1 / (1 + Math.exp(-eta)));
		const now = devianceOf(odds, treated);
		const weights = probability.map((p) => p * (1 - p));
		const covariance = inverseOf(crossProduct(columns, weights));
		if (covariance === null) return { converged: false, why: 'separated' };
		if (Math.abs(now - deviance) <= SETTLED * (Math.abs(now) + 0.1)) {
			const separated = now < 1e-6 * n || odds.some((eta) => Math.abs(eta) > SURE);
			if (separated) return { converged: false, why: 'separated' };
			return { converged: true, coefficients, probability, covariance };
		}
		deviance = now;
		const surprise = probability.map((p, i) => (treated[i] ?? 0) - p);
		const change = times(covariance, crossVector(columns, surprise));
		coefficients = coefficients.map((value, k) => value + (change[k] ?? 0));
	}
	return { converged: false, why: 'separated' };
}

/** −2 log likelihood, without overflow. */
function devianceOf(odds: Float64Array, treated: Uint8Array): number {
	let sum = 0;
	for (let i = 0; i < odds.length; i++) {
		const eta = treated[i] === 1 ? (odds[i] ?? 0) : -(odds[i] ?? 0);
		sum += eta > 0 ? Math.log1p(Math.exp(-eta)) : -eta + Math.log1p(Math.exp(eta));
	}
	return 2 * sum;
}
