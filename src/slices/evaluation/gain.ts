import {
	normalisedGain,
	pairedDifference,
	type Pair,
	type PairedDifference
} from '#kernel/statistics/pairedDifference.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { varianceOf } from '#kernel/statistics/sample.ts';

/** One participant's scores; null where that test was not taken. */
export type TestScores = { before: number | null; after: number | null };

/** Hake 1998, p. 65: high from 0.7, medium from 0.3. */
export type GainBand = 'high' | 'medium' | 'low';

type Participation = {
	/** People with both scores. */
	n: number;
	/** Took only the first, or only the second test: said, because who stays away is rarely like who comes. */
	onlyBefore: number;
	onlyAfter: number;
};

export type GainSummary =
	| (Participation & { shown: false; reason: 'tooFew' })
	| (Participation & {
			shown: true;
			difference: PairedDifference;
			/** Hake's ⟨g⟩; null when the class stood at the maximum before. */
			normalised: number | null;
			band: GainBand | null;
			/** d_av: mean difference over the mean of both standard deviations (Cumming 2012; Lakens 2013); null without spread. */
			averageEffect: number | null;
			/** Whether the interval lies above, below or across zero. */
			change: 'up' | 'down' | 'unclear';
	  });

function bandOf(gain: number | null): GainBand | null {
	if (gain === null) return null;
	if (gain >= 0.7) return 'high';
	return gain >= 0.3 ? 'medium' : 'low';
}

function averageEffectOf(pairs: readonly Pair[], meanDifference: number): number | null {
	const before = varianceOf(pairs.map((pair) => pair.before));
	const after = varianceOf(pairs.map((pair) => pair.after));
	if (before === null || after === null) return null;
	const spread = (Math.sqrt(before) + Math.sqrt(after)) / 2;
	return spread > 0 ? meanDifference / spread : null;
}

/**
 * Scores of several classes as one group. A class with fewer than five pairs is in no total, so that nobody finds its
 * mean by taking the other classes from the whole.
 */
export const pooled = (classes: readonly (readonly TestScores[])[]): TestScores[] =>
	classes
		.filter(
			(scores) =>
				scores.filter(({ before, after }) => before !== null && after !== null).length >= SMALLEST_GROUP
		)
		.flat();

/**
 * What a class learned between pre- and post-test (Kirkpatrick level 2), from people who took both, on a scale that
 * ends at `maximum`. It shows that scores changed, not that the class changed them: there is no comparison group.
 * Under five pairs nothing is shown, whatever the level.
 */
export function gainOf(scores: readonly TestScores[], maximum: number, level = 0.95): GainSummary {
	const pairs = scores.flatMap(({ before, after }) =>
		before === null || after === null ? [] : [{ before, after }]
	);
	const participation = {
		n: pairs.length,
		onlyBefore: scores.filter(({ before, after }) => before !== null && after === null).length,
		onlyAfter: scores.filter(({ before, after }) => before === null && after !== null).length
	};
	const difference = pairedDifference(pairs, level);
	const { meanBefore, meanAfter, interval } = difference;
	if (pairs.length < SMALLEST_GROUP || interval === null || meanBefore === null || meanAfter === null) {
		return { ...participation, shown: false, reason: 'tooFew' };
	}
	const normalised = normalisedGain(meanBefore, meanAfter, maximum);
	const change = interval.lower > 0 ? 'up' : interval.upper < 0 ? 'down' : 'unclear';
	const averageEffect = averageEffectOf(pairs, difference.meanDifference ?? 0);
	return {
		...participation,
		shown: true,
		difference,
		normalised,
		band: bandOf(normalised),
		averageEffect,
		change
	};
}
