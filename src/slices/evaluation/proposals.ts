import { onFour, type ItemResult } from './model.ts';

/** A mean under this, brought to the scale of 1 to 4, leans to "disagree" often enough to ask why. */
export const LOW_MEAN = 2.8;
/** So much less than in the version before, on that scale, is more than the noise of two classes. */
export const DROP = 0.3;

/** A session as people count and name it. */
export type SessionName = { id: string; number: number; topic: string };

/** What participants said in one form that may be shown: the class's, or that of a session. */
export type Said = {
	session: SessionName | null;
	items: readonly ItemResult[];
	/** Means by item of the same in the curriculum version before: of its classes, or of its sessions about the same module. */
	before: ReadonlyMap<string, number>;
};

export type Proposal = {
	kind: 'lowItem' | 'dropped';
	item: Pick<ItemResult, 'code' | 'wordingId' | 'wordingEn' | 'mean' | 'answers' | 'points'>;
	/** Mean of the curriculum version before. */
	before: number | null;
	/** Session in whose results it is seen; null for the whole class. */
	session: SessionName | null;
};

/** What a finding was seen in, as one word: a session's is another than the class's. */
export const seenIn = (itemCode: string, sessionId: string | null): string =>
	`${sessionId ?? ''} ${itemCode}`;

/**
 * What the figures of a class and its sessions ask to look at, but for what a finding rests on already (`found`, by
 * `seenIn`); a person decides whether it is a finding, and writes it. Worst first.
 */
export function proposalsOf(said: readonly Said[], found: ReadonlySet<string> = new Set()): Proposal[] {
	return said
		.flatMap(({ session, items, before }) =>
			items
				.filter(({ code }) => !found.has(seenIn(code, session?.id ?? null)))
				.flatMap((item): Proposal[] => {
					const earlier = before.get(item.code) ?? null;
					const mean = onFour(item.mean, item.points);
					if (earlier !== null && onFour(earlier, item.points) - mean >= DROP)
						return [{ kind: 'dropped', item, before: earlier, session }];
					return mean < LOW_MEAN ? [{ kind: 'lowItem', item, before: earlier, session }] : [];
				})
		)
		.toSorted((a, b) => onFour(a.item.mean, a.item.points) - onFour(b.item.mean, b.item.points));
}
