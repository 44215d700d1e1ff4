import type { ItemFlag } from '#kernel/statistics/itemAnalysis.ts';

export const ITEM_SORTS = ['number', 'facility', 'discrimination', 'itemRest', 'flags'] as const;
export type ItemSort = (typeof ITEM_SORTS)[number];

type Sortable = {
	number: number;
	facility: number | null;
	discriminationIndex: number | null;
	itemRest: number | null;
	flags: readonly ItemFlag[];
};

/** The items in the order asked for; those without that figure last either way, equals as they stand in the test. */
export function itemsSorted<Item extends Sortable>(
	items: readonly Item[],
	{ by, descending }: { by: ItemSort; descending: boolean }
): Item[] {
	const valueOf = (item: Item): number | null => {
		if (by === 'discrimination') return item.discriminationIndex;
		return by === 'flags' ? item.flags.length : item[by];
	};
	return items.toSorted((a, b) => {
		const [one, other] = [valueOf(a), valueOf(b)];
		if (one === null || other === null)
			return Number(one === null) - Number(other === null) || a.number - b.number;
		return (descending ? other - one : one - other) || a.number - b.number;
	});
}
