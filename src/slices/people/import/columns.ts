import {
	allShapes,
	foldHeader,
	NOTHING_LEARNED,
	type Column,
	type FileShape,
	type Learned
} from './shape.ts';

export type KeptColumn = { name: string; header: string; at: number; date: boolean };

/** A row read as a header: which columns of the kind it names, and where. */
export type HeaderReading = {
	shape: FileShape;
	kept: KeptColumn[];
	/** Headers, as typed, of columns that are not read. */
	dropped: string[];
	/** Of those, the ones that mean a column which another header had already brought. */
	doubled: string[];
	/** Required columns that it lacks, and the name of a group of which it has none. */
	missing: string[];
	/** Optional columns that it lacks. */
	absent: string[];
};

const ways = new WeakMap<FileShape, ReadonlyMap<string, Column>>();

function byHeader(shape: FileShape): ReadonlyMap<string, Column> {
	const known = ways.get(shape);
	if (known) return known;
	const made = new Map<string, Column>();
	// A column's own name counts more than another column's alias.
	for (const column of shape.columns) made.set(foldHeader(column.name), column);
	for (const column of shape.columns)
		for (const alias of column.also ?? [])
			if (!made.has(foldHeader(alias))) made.set(foldHeader(alias), column);
	ways.set(shape, made);
	return made;
}

/** `cells`: what each column is called; of a header in two lines, all the ways of saying it. */
export function readHeader(
	shape: FileShape,
	cells: readonly (string | readonly string[])[],
	learned: Learned = NOTHING_LEARNED
): HeaderReading {
	const taught = learned.get(shape.name);
	const meanings = cells.map((cell) => meaning(shape, typeof cell === 'string' ? [cell] : cell, taught));
	const kept = new Map<string, KeptColumn>();
	// Of two headers for one column the better counts: what the agency said, the column's own name, an alias; else the first.
	for (const [at, found] of meanings.entries()) {
		if (!found.column) continue;
		const rival = kept.get(found.column.name);
		if (rival && (meanings[rival.at]?.rank ?? 0) >= found.rank) continue;
		const { name, date } = found.column;
		kept.set(name, { name, header: found.header, at, date: date === true });
	}
	const used = new Set([...kept.values()].map(({ at }) => at));
	const left = meanings.filter(({ header }, at) => header !== '' && !used.has(at));
	const lacks = shape.columns.filter((column) => !kept.has(column.name));
	const { oneOf } = shape;
	const none = oneOf !== undefined && !oneOf.columns.some((name) => kept.has(name));
	return {
		shape,
		kept: [...kept.values()].toSorted((a, b) => a.at - b.at),
		dropped: left.map(({ header }) => header.slice(0, 80)),
		doubled: left.filter(({ column }) => column).map(({ header }) => header.slice(0, 80)),
		missing: [
			...lacks.filter((column) => column.required).map((column) => column.name),
			...(none ? [oneOf.name] : [])
		],
		absent: lacks.filter((column) => !column.required).map((column) => column.name)
	};
}

type Meaning = { header: string; column: Column | undefined; rank: number };

function meaning(
	shape: FileShape,
	said: readonly string[],
	taught: ReadonlyMap<string, string> | undefined
): Meaning {
	const header = said[0]?.trim() ?? '';
	for (const way of said) {
		const folded = foldHeader(way);
		const told = taught?.get(folded);
		if (told !== undefined)
			return { header, column: shape.columns.find(({ name }) => name === told), rank: 3 };
		const column = folded === '' ? undefined : byHeader(shape).get(folded);
		if (column) return { header, column, rank: foldHeader(column.name) === folded ? 2 : 1 };
	}
	return { header, column: undefined, rank: 0 };
}

/** A kind whose required columns are all there counts as much as this many columns more of another kind. */
const COMPLETE = 3;

/** The better of two header readings: more columns, and none that is required missing; of equals the first. */
export const betterHeader = (a: HeaderReading, b: HeaderReading): HeaderReading => {
	const score = ({ kept, missing }: HeaderReading) => kept.length + (missing.length === 0 ? COMPLETE : 0);
	return score(b) > score(a) ? b : a;
};

/** One row as the header of whichever kind it fits best. */
export const bestHeader = (
	cells: readonly (string | readonly string[])[],
	learned: Learned,
	shapes: readonly FileShape[] = allShapes()
): HeaderReading | null =>
	shapes
		.map((shape) => readHeader(shape, cells, learned))
		.reduce<HeaderReading | null>((best, one) => (best === null ? one : betterHeader(best, one)), null);
