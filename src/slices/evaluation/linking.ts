import { z } from 'zod';
import { pairedDifference, type Pair } from '#kernel/statistics/pairedDifference.ts';
import { tInterval } from '#kernel/statistics/student.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { MeanChange } from './model.ts';
import type { KeptAnswer } from './rules.ts';

/** 32 bytes made of the device's secret; without it nobody can make them again. */
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What a device adds to a form that may be linked: where the slip of this form shall lie and the key that closes it, and
 * the same of the form before. It travels and waits in the sealed envelope and is never written down (docs/decisions/0010).
 */
export const Link = z.object({
	address: Hash,
	key: Hash,
	before: z.object({ address: Hash, key: Hash }).optional()
});
export type Link = z.output<typeof Link>;

/**
 * What lies in a slip: the form it was given in, its marks by item, never words; and of which items the marks were told
 * already, among those who changed since the form before.
 */
export const Slip = z.object({
	form: z.uuid(),
	marks: z.record(z.string(), z.number().int().min(1).max(5)),
	told: z.array(z.string())
});
export type Slip = z.output<typeof Slip>;

/** Marks that a later form may be compared with; of a confidence item there is a before already. */
export const marksOf = (answers: readonly KeptAnswer[]): Record<string, number> =>
	Object.fromEntries(
		answers.flatMap(({ item, score, grade, before }) => {
			const mark = score ?? (before === null ? grade : null);
			return mark === null ? [] : [[item, mark]];
		})
	);

/** Nobody is left over, or enough that nothing is known of each. */
const hidesTheRest = (rest: number): boolean => rest === 0 || rest >= SMALLEST_GROUP;

export type LinkedChange = { pairs: number; meanBefore: number; meanAfter: number; spread: number };

/** A form that pairs come from: who answered the item there, who of them is in a pair, and what was told of them before. */
export type Source = {
	answered: number;
	pairs: number;
	/** People in the change that was told of that form itself, and how many of them are in a pair. */
	told: number;
	toldPairs: number;
};

/**
 * Whether the sum of the marks before, less or more any sums that are told of the forms it is of, leaves the marks of one
 * to four people. Of each form everybody's sum is told, and perhaps that of those who changed since the form before it; so
 * it can be left in, or its pairs be taken away by either, or by what remains of one less the other.
 */
export function tellsOfFew(sources: readonly Source[]): boolean {
	let left = new Set([0]);
	for (const { answered, pairs, told, toldPairs } of sources) {
		const [only, others] = [told - toldPairs, answered - told - (pairs - toldPairs)];
		const ways = [pairs, answered - pairs];
		if (told > 0) ways.push(pairs - toldPairs + only, toldPairs + others);
		left = new Set([...left].flatMap((sum) => ways.map((way) => Math.min(SMALLEST_GROUP, sum + way))));
	}
	return [...left].some((sum) => !hidesTheRest(sum));
}

/**
 * How those changed who linked their forms, all together; null where it would tell of somebody. Fewer than five pairs
 * would; so would all but one to four, in this form or in those before: what everybody said is shown too, and taking the
 * linked away from it leaves the rest. `now` is how many answered the item in this form, linked or not.
 */
export function linkedChange(
	pairs: readonly Pair[],
	now: number,
	sources: readonly Source[]
): LinkedChange | null {
	const { n, meanBefore, meanAfter, sd } = pairedDifference(pairs);
	if (n < SMALLEST_GROUP || meanBefore === null || meanAfter === null || sd === null) return null;
	if (!hidesTheRest(now - n) || tellsOfFew(sources)) return null;
	return { pairs: n, meanBefore, meanAfter, spread: sd };
}

/** Student's t interval of a mean change, from what was kept of it. */
export function meanChangeOf({ pairs, meanBefore, meanAfter, spread }: LinkedChange): MeanChange {
	const change = meanAfter - meanBefore;
	const { lower, upper } = tInterval(change, spread / Math.sqrt(pairs), pairs - 1, 0.95);
	return { pairs, meanBefore, meanAfter, change, lower, upper };
}
