import type { EstimatorSettings, EvidenceSource } from './settings.ts';

/** A level and its standard deviation. */
export type KnownLevel = { level: number; sd: number };
/** What one source newly says: one rater's level, or the mean of a group of `raters`. */
export type NewRating = { source: EvidenceSource; level: number; raters: number };

/**
 * Estimand: a person's level now in one competency, between two runs of the estimator, by its own model (estimator.ts,
 * decision 11): a rating is level + offset of its source + leniency and halo of its rater + error, all normal. What was
 * known before is the prior, its variance grown by the drift of the years between; without it the ratings stand alone.
 * Posterior mean and deviation by precision weighting (Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.5).
 * Assumes that sources are independent given the level, and the settings' variances, not those found in the data: the
 * next run over a campaign replaces it. Null without either.
 */
export function updatedLevel(
	before: KnownLevel | null,
	years: number,
	ratings: readonly NewRating[],
	settings: EstimatorSettings
): KnownLevel | null {
	const pieces = ratings.map(({ source, level, raters }) => {
		const { offset, offsetSd, leniency, halo, error } = settings.sources[source];
		return {
			mean: level - offset,
			variance: offsetSd ** 2 + (leniency + halo + error) / Math.max(1, raters)
		};
	});
	if (before !== null)
		pieces.push({
			mean: before.level,
			variance: before.sd ** 2 + settings.driftPerYear * Math.max(0, years)
		});
	const precision = pieces.reduce((sum, piece) => sum + 1 / piece.variance, 0);
	if (precision === 0) return null;
	const mean = pieces.reduce((sum, piece) => sum + piece.mean / piece.variance, 0) / precision;
	return { level: Math.min(5, Math.max(0, mean)), sd: Math.sqrt(1 / precision) };
}
