import { hash } from 'node:crypto';
import { sfc32 } from '#kernel/statistics/random.ts';

/**
 * The only source of chance in the demo. Every stream is named, so adding a draw in one place does not
 * shift the draws of another: the same seed gives the same city after the code has grown.
 */
export type Random = {
	/** In [0, 1). */
	next(): number;
	/** Whole number, both ends included. */
	int(from: number, to: number): number;
	chance(probability: number): boolean;
	pick<T>(list: readonly T[]): T;
	weighted<T>(pairs: readonly (readonly [T, number])[]): T;
	/** Standard logistic noise: added to a log-odds it turns a ranking into a weighted lottery. */
	logistic(): number;
};

/** A stream of numbers for this seed and name (sfc32, seeded from SHA-256 of the name). */
export function randomFor(seed: number, ...name: readonly (string | number)[]): Random {
	const digest = digestOf(seed, name);
	const next = sfc32(word(digest, 0), word(digest, 1), word(digest, 2), word(digest, 3));
	const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
	return {
		next,
		int,
		chance: (probability) => next() < probability,
		pick: (list) => at(list, Math.floor(next() * list.length)),
		weighted: (pairs) => {
			let left = next() * pairs.reduce((sum, [, weight]) => sum + weight, 0);
			for (const [value, weight] of pairs) {
				left -= weight;
				if (left < 0) return value;
			}
			return at(pairs, pairs.length - 1)[0];
		},
		logistic: () => {
			const u = (next() + 1e-12) / (1 + 2e-12);
			return Math.log(u / (1 - u));
		}
	};
}

/** UUID-shaped id (version 8, RFC 9562: bits made by the application) that follows from seed and name alone. */
export function idFor(seed: number, ...name: readonly (string | number)[]): string {
	const hex = digestOf(seed, name);
	const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function digestOf(seed: number, name: readonly (string | number)[]): string {
	return hash('sha256', `${seed}/${name.join('/')}`, 'hex');
}

function word(hex: string, index: number): number {
	return Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16);
}

function at<T>(list: readonly T[], index: number): T {
	const item = list[index];
	if (item === undefined) throw new Error('chosen from an empty list');
	return item;
}

/** A draw from the standard normal distribution (Box and Muller). */
export function normal(random: Random): number {
	return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
