import { meanOf, varianceOf } from './sample.ts';
import { pValueOf, tInterval, type Interval } from './student.ts';

export type Pair = { before: number; after: number };

export type PairedDifference = {
	n: number;
	meanBefore: number | null;
	meanAfter: number | null;
	/** Mean of after − before. */
	meanDifference: number | null;
	/** Standard deviation of the differences, n − 1. */
	sd: number | null;
	standardError: number | null;
	t: number | null;
	df: number;
	pValue: number | null;
	interval: Interval | null;
	/** Cohen's d_z: mean difference / sd of the differences; null when all changed by the same amount. */
	effectSize: number | null;
	/** Why there is no interval; null when there is one. */
	reason: 'tooFew' | null;
};

/**
 * Mean change of the same people measured twice, with Student's t interval (Student 1908) and d_z (Cohen 1988,
 * §2.3). Assumes pairs independent of each other and roughly normal changes; it says how much they changed, not
 * what changed them. Below two pairs the interval is null with reason 'tooFew'.
 */
export function pairedDifference(pairs: readonly Pair[], level = 0.95): PairedDifference {
	const n = pairs.length;
	const differences = pairs.map(({ before, after }) => after - before);
	const variance = varianceOf(differences);
	const means = {
		n,
		meanBefore: n > 0 ? meanOf(pairs.map(({ before }) => before)) : null,
		meanAfter: n > 0 ? meanOf(pairs.map(({ after }) => after)) : null,
		df: Math.max(0, n - 1)
	};
	const meanDifference = n > 0 ? meanOf(differences) : null;
	if (variance === null || meanDifference === null) {
		const none = { sd: null, standardError: null, t: null, pValue: null, interval: null, effectSize: null };
		return { ...means, meanDifference, ...none, reason: 'tooFew' };
	}
	const sd = Math.sqrt(variance);
	const standardError = sd / Math.sqrt(n);
	return {
		...means,
		meanDifference,
		sd,
		standardError,
		t: sd > 0 ? meanDifference / standardError : null,
		pValue: pValueOf(meanDifference, standardError, n - 1),
		interval: tInterval(meanDifference, standardError, n - 1, level),
		effectSize: sd > 0 ? meanDifference / sd : null,
		reason: null
	};
}

/**
 * Hake's normalised gain ⟨g⟩ of class means: the share of what could still be learned that was learned
 * (Hake 1998, Am. J. Phys. 66:64). Null when the class already stood at the maximum before: nothing to gain.
 */
export function normalisedGain(meanBefore: number, meanAfter: number, maximum: number): number | null {
	return meanBefore < maximum ? (meanAfter - meanBefore) / (maximum - meanBefore) : null;
}
