export type Guest = { key: string; name: string };

/**
 * Speakers from outside as they were typed, several between semicolons or on lines of their own. They have no number to
 * be known by: the key is the name alone, without what stands behind its comma (institution, degrees), without titles
 * and whatever its case, so "Dr. Sari Contoh, USU" and "sari contoh" are taken for one.
 */
export function guestsIn(text: string): Guest[] {
	return text.split(/[;\n]/).flatMap((part) => {
		const name = (part.split(',')[0] ?? '').trim().replace(/\s+/g, ' ');
		const key = name
			.toLowerCase()
			.split(' ')
			.filter((word) => !word.endsWith('.') && !TITLES.includes(word))
			.join(' ');
		return key === '' ? [] : [{ key, name }];
	});
}
const TITLES = ['bapak', 'ibu', 'pak', 'bu', 'prof', 'dr', 'drs', 'dra', 'ir', 'h', 'hj', 'mr', 'mrs', 'ms'];

export type Visit = { id: string; code: string; guests: string; startsAt: Date; endsAt: Date };
export type Elsewhere = { name: string; minutes: number };

/** Speakers whose name stands in another session at the same time, by session: with where, and for how long. */
export function guestsElsewhere(visits: readonly Visit[]): Map<string, Elsewhere[]> {
	const byKey = new Map<string, { visit: Visit; name: string }[]>();
	for (const visit of visits)
		for (const { key, name } of guestsIn(visit.guests))
			byKey.set(key, [...(byKey.get(key) ?? []), { visit, name }]);
	const found = new Map<string, Elsewhere[]>();
	for (const named of byKey.values())
		for (const { visit, name } of named) {
			const clashes = named.flatMap((other) => {
				const minutes = shared(visit, other.visit);
				return other.visit.id !== visit.id && minutes > 0 ? [{ code: other.visit.code, minutes }] : [];
			});
			const [first] = clashes;
			if (!first) continue;
			const minutes = Math.max(...clashes.map((one) => one.minutes));
			found.set(visit.id, [...(found.get(visit.id) ?? []), { name: `${name} (${first.code})`, minutes }]);
		}
	return found;
}

const shared = (a: Visit, b: Visit): number =>
	Math.round(
		(Math.min(a.endsAt.getTime(), b.endsAt.getTime()) -
			Math.max(a.startsAt.getTime(), b.startsAt.getTime())) /
			60_000
	);
