export type Place = { href: string; label: string; hint?: string };

/**
 * Places whose name or hint holds every typed word, names that begin with the first one before the others; all of
 * them, as given, when nothing is typed. Marks on letters and capitals do not matter. Where no place holds the words
 * themselves, those that hold their roots: who types “penilaian” finds “Menilai diri”.
 */
export function matching(places: readonly Place[], typed: string): Place[] {
	const words = plain(typed).split(/\s+/).filter(Boolean);
	const [first] = words;
	if (first === undefined) return [...places];
	const holding = (forms: (word: string) => string[]) =>
		places.filter((place) => {
			const text = plain(`${place.label} ${place.hint ?? ''}`);
			return words.every((word) => forms(word).some((form) => text.includes(form)));
		});
	const exact = holding((word) => [word]);
	const hits = exact.length > 0 ? exact : holding(formsOf);
	const begins = (place: Place) => plain(place.label).startsWith(first);
	return [...hits.filter(begins), ...hits.filter((place) => !begins(place))];
}

/** A word and what is left of it without Indonesian affixes, four letters at least: each may be its root. */
function formsOf(word: string): string[] {
	const ends = ['', 'nya', 'kan', 'an', 'i'].flatMap((end) =>
		word.endsWith(end) ? word.slice(0, word.length - end.length) : []
	);
	const both = ends.flatMap((form) =>
		['', ...PREFIXES].flatMap((start) => (form.startsWith(start) ? form.slice(start.length) : []))
	);
	return both.filter((form) => form === word || form.length >= 4);
}
const PREFIXES = [
	'meng',
	'meny',
	'mem',
	'men',
	'me',
	'peng',
	'peny',
	'pem',
	'pen',
	'pe',
	'ber',
	'ter',
	'di',
	'ke',
	'se'
];

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
