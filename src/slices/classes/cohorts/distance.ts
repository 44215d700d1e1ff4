/** Steps from a unit to where a class meets: 0 the same kecamatan, 1 a neighbouring one, 2 farther. */
export type Distance = 0 | 1 | 2;

/**
 * How far units and places are apart, by the kecamatan in which each lies and the pairs of kecamatan that adjoin; null
 * when nobody knows where one of them lies (an office of the whole city, a class without a place).
 */
export function distancesOn(
	districts: ReadonlyMap<string, string>,
	adjoining: readonly (readonly [string, string])[]
): (unitId: string, placeId: string | null) => Distance | null {
	const borders = new Set(adjoining.flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]));
	return (unitId, placeId) => {
		const here = districts.get(unitId);
		const there = placeId === null ? undefined : districts.get(placeId);
		if (here === undefined || there === undefined) return null;
		if (here === there) return 0;
		return borders.has(`${here} ${there}`) ? 1 : 2;
	};
}

/** Who of a class comes from how far. */
export type Nearness = Readonly<Record<'same' | 'neighbouring' | 'farther', number>>;

/** Null when the distance of nobody is known: then it did not count. */
export function nearnessOf(distances: readonly (Distance | null)[]): Nearness | null {
	const known = distances.filter((one) => one !== null);
	if (known.length === 0) return null;
	const count = (wanted: Distance): number => known.filter((one) => one === wanted).length;
	return { same: count(0), neighbouring: count(1), farther: count(2) };
}
