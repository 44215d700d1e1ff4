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

/** What lies in a slip: the form it was given in, and its marks by item. Never words. */
export const Slip = z.object({ form: z.uuid(), marks: z.record(z.string(), z.number().int().min(1).max(5)) });
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

/**
 * How those changed who linked their forms, all together; null where it would tell of somebody. Fewer than five pairs
 * would; so would all but one to four: what everybody said is shown too, and taking the linked away from it leaves the
 * rest. `now` and `then` are how many answered the item in this form and in those before, linked or not.
 */
export function linkedChange(
	pairs: readonly Pair[],
	answered: { now: number; then: number }
): LinkedChange | null {
	const { n, meanBefore, meanAfter, sd } = pairedDifference(pairs);
	if (n < SMALLEST_GROUP || meanBefore === null || meanAfter === null || sd === null) return null;
	if (!hidesTheRest(answered.now - n) || !hidesTheRest(answered.then - n)) return null;
	return { pairs: n, meanBefore, meanAfter, spread: sd };
}

/** Student's t interval of a mean change, from what was kept of it. */
export function meanChangeOf({ pairs, meanBefore, meanAfter, spread }: LinkedChange): MeanChange {
	const change = meanAfter - meanBefore;
	const { lower, upper } = tInterval(change, spread / Math.sqrt(pairs), pairs - 1, 0.95);
	return { pairs, meanBefore, meanAfter, change, lower, upper };
}
