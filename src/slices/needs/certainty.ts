import { normalCdf, normalReach } from '#kernel/statistics/normal.ts';

/** A level as the estimator gives it. */
export type EstimatedLevel = { required: number; level: number; sd: number };

/** From half a level on something is missing that training could close; less is within what a rating can tell. */
export const REAL_GAP = 0.5;
/** Share of intervals that hold the true level. */
export const INTERVAL = 0.9;
const REACH = normalReach(INTERVAL);

/** The gap as a distribution: its mean, how probably it is real, what is missing on average when reserves count 0. */
export function gapOf({ required, level, sd }: EstimatedLevel): {
	gap: number;
	probability: number;
	shortfall: number;
	/** How surely it can be said whether there is a real gap: 0.5 is a coin, 1 is certain. */
	sure: number;
} {
	const gap = required - level;
	const probability = normalCdf((gap - REAL_GAP) / sd);
	const z = gap / sd;
	// E max(0, G) of a normal G: what is missing, over all that the true level may be.
	const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
	const shortfall = Math.max(0, gap * normalCdf(z) + sd * density);
	return { gap, probability, shortfall, sure: Math.max(probability, 1 - probability) };
}

/** Where the true level lies nine times of ten, within the scale. */
export const levelInterval = ({
	level,
	sd
}: Pick<EstimatedLevel, 'level' | 'sd'>): { lower: number; upper: number } => ({
	lower: Math.max(0, level - REACH * sd),
	upper: Math.min(5, level + REACH * sd)
});

export const CERTAINTIES = ['surelyGap', 'likelyGap', 'unsure', 'likelyMet', 'surelyMet'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** A probability in words: nine of ten is sure, two of three likely, between them nobody knows yet. */
export function certaintyOf(probability: number): Certainty {
	if (probability >= 0.9) return 'surelyGap';
	if (probability >= 2 / 3) return 'likelyGap';
	if (probability > 1 / 3) return 'unsure';
	return probability > 0.1 ? 'likelyMet' : 'surelyMet';
}
