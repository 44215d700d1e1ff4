/** People who answered and who did not, on one thing known of all of them. */
export type Compared =
	| { kind: 'share'; trait: Trait; answered: number[]; silent: number[] }
	| { kind: 'mean'; trait: Trait; answered: Moments; silent: Moments };
export type Trait = 'sex' | 'postKind' | 'unitKind' | 'pretest';
export type Moments = { n: number; mean: number; variance: number };
/** Fewer in either group tell nothing. */
export const ENOUGH = 5;

/**
 * Standardised difference between those who answered and those who did not: of means by the mean of both variances, of
 * shares likewise with p(1 − p); of several categories the largest. Unlike a p-value it does not grow with n (Austin 2009,
 * Statistics in Medicine 28, 3083-3107). Null when a group is too small or nothing varies while the groups agree.
 */
export function standardisedDifference(compared: Compared): number | null {
	if (compared.kind === 'mean') {
		const { answered, silent } = compared;
		if (answered.n < ENOUGH || silent.n < ENOUGH) return null;
		return ratio(answered.mean - silent.mean, (answered.variance + silent.variance) / 2);
	}
	const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);
	const [of, others] = [total(compared.answered), total(compared.silent)];
	if (of < ENOUGH || others < ENOUGH) return null;
	const each = compared.answered.map((n, at) => {
		const [p, q] = [n / of, (compared.silent[at] ?? 0) / others];
		return Math.abs(ratio(p - q, (p * (1 - p) + q * (1 - q)) / 2));
	});
	return Math.max(0, ...each);
}

/** Two constant groups that differ differ as much as can be said; capped, so that no screen shows infinity. */
const MOST = 9.99;
function ratio(difference: number, variance: number): number {
	if (difference === 0) return 0;
	if (variance <= 0) return Math.sign(difference) * MOST;
	return Math.max(-MOST, Math.min(MOST, difference / Math.sqrt(variance)));
}

/** In words: below 0.1 alike, below 0.25 a little different (Austin 2009; Rubin 2001 for a quarter), from there on different. */
export function likeness(difference: number | null): 'unknown' | 'alike' | 'little' | 'different' {
	if (difference === null) return 'unknown';
	const size = Math.abs(difference);
	return size < 0.1 ? 'alike' : size < 0.25 ? 'little' : 'different';
}

/** How many were asked and how many answered, by the first trait that everybody has. */
export function responseOf(compared: readonly Compared[]): { asked: number; answered: number } {
	const [first] = compared;
	if (first?.kind !== 'share') return { asked: 0, answered: 0 };
	const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);
	const answered = total(first.answered);
	return { asked: answered + total(first.silent), answered };
}

/** What a screen says of each trait. */
export function likenesses(compared: readonly Compared[]) {
	return compared.map((one) => {
		const difference = standardisedDifference(one);
		return { trait: one.trait, difference, likeness: likeness(difference) };
	});
}
