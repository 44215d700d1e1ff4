import { onFour, type ItemResult } from './model.ts';

/** A mean under this, brought to the scale of 1 to 4, leans to "disagree" often enough to ask why. */
export const LOW_MEAN = 2.8;
/** So much less than in the version before is more than the noise of two classes. */
export const DROP = 0.3;

export type Proposal = {
	kind: 'lowItem' | 'dropped';
	item: Pick<ItemResult, 'code' | 'wordingId' | 'wordingEn' | 'mean' | 'answers' | 'points'>;
	/** Mean of the curriculum version before. */
	before: number | null;
};

/** What the figures of a class ask to look at; a person decides whether it is a finding, and writes it. Worst first. */
export function proposalsOf(
	items: readonly ItemResult[],
	before: ReadonlyMap<string, { mean: number }>
): Proposal[] {
	return items
		.flatMap((item): Proposal[] => {
			const earlier = before.get(item.code)?.mean ?? null;
			if (earlier !== null && earlier - item.mean >= DROP)
				return [{ kind: 'dropped', item, before: earlier }];
			return onFour(item.mean, item.points) < LOW_MEAN ? [{ kind: 'lowItem', item, before: earlier }] : [];
		})
		.toSorted((a, b) => a.item.mean - b.item.mean);
}
