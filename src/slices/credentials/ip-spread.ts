import { IP_CATEGORIES, type IpCategory } from './ip-asn.ts';

/** How the index lies over a group of people. */
export type Spread = {
	people: number;
	mean: number | null;
	qualification: number | null;
	competence: number | null;
	performance: number | null;
	discipline: number | null;
	categories: Record<IpCategory, number>;
};

/** Fewer people than this would be recognised. @law UU 27/2022 */
export const SMALLEST_CELL = 5;

export type HiddenSpread = Omit<Spread, 'categories'> & { categories: Record<IpCategory, number | null> };

/**
 * For whoever may not see individuals: cells of 1 to 4 people are hidden, and when only one is, the next smallest with it,
 * because the total would tell it. A group of fewer than five shows nothing but that it is small.
 */
export function hideSmall(spread: Spread): HiddenSpread {
	if (spread.people < SMALLEST_CELL) {
		const none = { veryHigh: null, high: null, medium: null, low: null, veryLow: null };
		return {
			people: spread.people,
			mean: null,
			qualification: null,
			competence: null,
			performance: null,
			discipline: null,
			categories: none
		};
	}
	const ascending = IP_CATEGORIES.filter((category) => spread.categories[category] > 0).toSorted(
		(a, b) => spread.categories[a] - spread.categories[b]
	);
	const small = ascending.filter((category) => spread.categories[category] < SMALLEST_CELL);
	const hidden = new Set(small.length === 1 ? ascending.slice(0, 2) : small);
	const shown = (category: IpCategory) => (hidden.has(category) ? null : spread.categories[category]);
	return {
		...spread,
		categories: {
			veryHigh: shown('veryHigh'),
			high: shown('high'),
			medium: shown('medium'),
			low: shown('low'),
			veryLow: shown('veryLow')
		}
	};
}
