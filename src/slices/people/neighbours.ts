/** Two units that adjoin, the smaller id first: a border has two sides and is one fact. */
export type Pair = readonly [string, string];
export const pairOf = (one: string, other: string): Pair => (one < other ? [one, other] : [other, one]);

export type Named = { id: string; name: string };

/** What a list of neighbours says, or the first thing in it that can't be read. */
export type ReadNeighbours =
	| { pairs: readonly Pair[]; wrong: null }
	| { pairs: null; wrong: { line: number; kind: 'shape' | 'unknown' | 'itself'; name: string } };

/** "Kec. Medan  Marelan" and "medan marelan" are the unit "Kecamatan Medan Marelan". */
const plain = (name: string): string =>
	name
		.trim()
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.replace(/^(kecamatan|kec\.?|distrik) /, '');

/**
 * Reads "Medan Marelan: Medan Belawan, Medan Deli" line by line; empty lines are passed over. It is enough that one of two
 * neighbours names the other.
 */
export function readNeighbours(text: string, units: readonly Named[]): ReadNeighbours {
	const byName = new Map(units.map(({ id, name }) => [plain(name), id]));
	const pairs = new Map<string, Pair>();
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		if (line.trim() === '') continue;
		const wrong = (kind: 'shape' | 'unknown' | 'itself', name: string): ReadNeighbours => ({
			pairs: null,
			wrong: { line: index + 1, kind, name: name.trim() }
		});
		const [name = '', rest, ...more] = line.split(':');
		const others = (rest ?? '').split(/[,;]/).filter((one) => one.trim() !== '');
		if (others.length === 0 || more.length > 0) return wrong('shape', line);
		const id = byName.get(plain(name));
		if (id === undefined) return wrong('unknown', name);
		for (const other of others) {
			const otherId = byName.get(plain(other));
			if (otherId === undefined) return wrong('unknown', other);
			if (otherId === id) return wrong('itself', other);
			const pair = pairOf(id, otherId);
			pairs.set(pair.join(' '), pair);
		}
	}
	return { pairs: [...pairs.values()], wrong: null };
}
