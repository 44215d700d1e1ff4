import {
	differenceInMeans,
	regressionAdjusted,
	type Effect,
	type NoEffect
} from '#kernel/statistics/experiment.ts';
import type { Estimated, Method } from './estimate.ts';
import type { UnitMeans } from './estimate-units.ts';

/**
 * Each unit's mean after the start, compared between those drawn and those not; what it was before is held constant (Lin
 * 2013), which only takes scatter away. The plain difference stands beside it, and in its place where the regression fails.
 * Of people in clusters errors are counted by these, which is at most too careful: lots were drawn one by one.
 */
export function byLot({ means, treated, clusters }: UnitMeans): { main: Estimated; others: Estimated[] } {
	const after = Float64Array.from(means, (one) => one.after);
	const before = Float64Array.from(means, (one) => one.before);
	const options = clusters === undefined ? {} : { errors: { clusters } };
	const plain = estimated(
		'means',
		clusters === undefined
			? differenceInMeans(after, treated)
			: regressionAdjusted(after, treated, [], { adjustment: 'common', ...options })
	);
	const adjusted = estimated('adjusted', regressionAdjusted(after, treated, [before], options));
	return adjusted.interval === null ? { main: plain, others: [] } : { main: adjusted, others: [plain] };
}

export function estimated(method: Method, found: Effect | NoEffect): Estimated {
	if (typeof found === 'string' || !Number.isFinite(found.estimate) || !Number.isFinite(found.standardError))
		return { method, estimate: null, standardError: null, df: null, interval: null, pValue: null };
	const { estimate, standardError, df, interval, pValue } = found;
	return { method, estimate, standardError, df, interval, pValue };
}
