import { varianceOf } from './sample.ts';

/**
 * r_wg of James, Demaree & Wolf (1984), "Estimating within-group interrater reliability with and without response
 * bias", Journal of Applied Psychology 69, 85-98: how far the raters of one target agree, beside raters who answer by
 * chance. Null model: every one of the `options` answers is equally likely, variance (A² − 1) / 12.
 *
 *   r_wg = 1 − s² / σ²_EU
 *   r_wg(J) = J (1 − s̄² / σ²_EU) / (J (1 − s̄² / σ²_EU) + s̄² / σ²_EU)   for J parallel items, s̄² their mean variance
 *
 * Agreement worse than chance counts 0, as the authors advise. By custom 0.70 and more lets ratings be averaged.
 */
export const chanceVariance = (options: number): number => (options ** 2 - 1) / 12;

/** One target, one item; null with fewer than two raters. */
export function withinGroupAgreement(ratings: readonly number[], options: number): number | null {
	const variance = varianceOf(ratings);
	return variance === null ? null : Math.max(0, 1 - variance / chanceVariance(options));
}

/** One target, several items, each with the ratings of the same raters; null with fewer than two raters or no item. */
export function withinGroupAgreementOf(
	items: readonly (readonly number[])[],
	options: number
): number | null {
	const variances = items.map(varianceOf);
	if (items.length === 0 || variances.some((variance) => variance === null)) return null;
	const disagreement =
		variances.reduce((sum: number, variance) => sum + (variance ?? 0), 0) /
		items.length /
		chanceVariance(options);
	// Beyond chance the formula turns around; there is no agreement to speak of.
	if (disagreement >= 1) return 0;
	const agreed = items.length * (1 - disagreement);
	return agreed / (agreed + disagreement);
}
