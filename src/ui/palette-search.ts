export type Place = { href: string; label: string; hint?: string };

/**
 * Places whose name or hint holds every typed word, names that begin with the first one before the others; all of
 * them, as given, when nothing is typed. Marks on letters and capitals do not matter.
 */
export function matching(places: readonly Place[], typed: string): Place[] {
	const words = plain(typed).split(/\s+/).filter(Boolean);
	const [first] = words;
	if (first === undefined) return [...places];
	const hits = places.filter((place) => {
		const text = plain(`${place.label} ${place.hint ?? ''}`);
		return words.every((word) => text.includes(word));
	});
	const begins = (place: Place) => plain(place.label).startsWith(first);
	return [...hits.filter(begins), ...hits.filter((place) => !begins(place))];
}

/** What a server told, as far as it is places. */
export const placesIn = (told: unknown): Place[] =>
	Array.isArray(told)
		? told.flatMap((one: unknown) => {
				if (typeof one !== 'object' || one === null || !('href' in one) || !('label' in one)) return [];
				const hint = 'hint' in one && typeof one.hint === 'string' ? { hint: one.hint } : {};
				return typeof one.href === 'string' && typeof one.label === 'string'
					? [{ href: one.href, label: one.label, ...hint }]
					: [];
			})
		: [];

const plain = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/\p{Diacritic}/gu, '')
		.toLowerCase();
