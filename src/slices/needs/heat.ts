/** What the ratings of a group add up to in one competency; sums, so that units add up to offices and offices to the city. */
export type Sums = {
	/** People asked. */
	people: number;
	/** Of them measured. */
	n: number;
	/** Sum of required − actual. */
	gap: number;
	/** The same, where a reserve counts 0. */
	shortfall: number;
	/** People below the level that their post asks for; of estimates their expected number, half a level or more below. */
	withGap: number;
	/** How surely that can be said of each, summed (0.5 a coin, 1 certain); null where levels are single answers. */
	sure: number | null;
};

export type HeatCell =
	/** Nobody measured. */
	| { state: 'empty' }
	/** Too few people, or needed to protect such a group; carries no number at all, not even how many. */
	| { state: 'hidden' }
	| {
			state: 'shown';
			n: number;
			unmeasured: number;
			/** Mean of required − actual; reserves of some offset needs of others. */
			meanGap: number;
			/** Mean of the needs alone (a reserve counts 0): what training would have to close. */
			meanShortfall: number;
			/** Share of people below the standard, 0 to 1. */
			shareWithGap: number;
			/** How surely it can be said of these people, 0.5 to 1; null where nothing tells. */
			certainty: number | null;
	  };

export function cellOf(sums: Sums, hidden: boolean): HeatCell {
	if (sums.n === 0) return { state: 'empty' };
	if (hidden) return { state: 'hidden' };
	return {
		state: 'shown',
		n: sums.n,
		unmeasured: sums.people - sums.n,
		meanGap: sums.gap / sums.n,
		meanShortfall: sums.shortfall / sums.n,
		shareWithGap: sums.withGap / sums.n,
		certainty: sums.sure === null ? null : sums.sure / sums.n
	};
}

const nothing = (): Sums => ({ people: 0, n: 0, gap: 0, shortfall: 0, withGap: 0, sure: 0 });
/** In place: a city's map adds 11,000 rows up four levels of units. */
function add(to: Sums, row: Sums): void {
	to.people += row.people;
	to.n += row.n;
	to.gap += row.gap;
	to.shortfall += row.shortfall;
	to.withGap += row.withGap;
	to.sure = to.sure === null || row.sure === null ? null : to.sure + row.sure;
}

export type HeatUnit = { id: string; parentId: string | null };
/** The people who work in a unit itself, without those of the units below it. */
export type OwnSums = Sums & { unitId: string; competencyId: string };

/** Units with what their own people and everybody below them add up to in one competency. */
type Tree = Places & { own: Map<string, Sums>; whole: Map<string, Sums> };
type Places = { children: Map<string, string[]>; parent: Map<string, string> };

function placesOf(units: readonly HeatUnit[]): Places {
	const parent = new Map(
		units.flatMap(({ id, parentId }) => (parentId === null ? [] : [[id, parentId] as const]))
	);
	return { parent, children: Map.groupBy(parent.keys(), (id) => parent.get(id) ?? '') };
}

function treeOf(places: Places, sums: readonly OwnSums[]): Tree {
	const own = new Map(sums.map((row) => [row.unitId, row]));
	const whole = new Map<string, Sums>();
	for (const [unitId, row] of own)
		for (let at: string | undefined = unitId; at !== undefined; at = places.parent.get(at)) {
			let sum = whole.get(at);
			if (sum === undefined) whole.set(at, (sum = nothing()));
			add(sum, row);
		}
	return { own, whole, ...places };
}

/** A unit's parts: the units right below it, and its own people under the name ''. Only those with ratings count. */
function partsOf(tree: Tree, unitId: string): Map<string, number> {
	const parts = new Map((tree.children.get(unitId) ?? []).map((id) => [id, tree.whole.get(id)?.n ?? 0]));
	parts.set('', tree.own.get(unitId)?.n ?? 0);
	return new Map([...parts].filter(([, n]) => n > 0));
}

/**
 * Which parts of a unit must not be shown: those below `smallest`, and as many of the next smallest as it takes that
 * what is missing cannot be worked out by subtraction. Where the unit's own total is known, the hidden parts are at
 * least two and together at least `smallest` people; where it is hidden itself (it protects a neighbour), they are
 * together at least `smallest` people, for else adding up its page would give the total away.
 * Complementary suppression as for tables of statistics offices (Willenborg & de Waal 2001, ch. 3), for a tree.
 */
export function hiddenParts(
	parts: ReadonlyMap<string, number>,
	totalHidden: boolean,
	smallest: number
): Set<string> {
	const bySize = [...parts].sort(([a, n], [b, k]) => n - k || (a < b ? -1 : 1));
	const hidden = new Set<string>();
	let people = 0;
	for (const [part, n] of bySize) {
		const enough = hidden.size === 0 ? !totalHidden : people >= smallest && (totalHidden || hidden.size > 1);
		if (n >= smallest && enough) break;
		hidden.add(part);
		people += n;
	}
	return hidden;
}

/** Is the unit's total hidden on the page above it? Decided from the top down, the same for every viewer. */
function totalHidden(tree: Tree, unitId: string, smallest: number): boolean {
	const above = tree.parent.get(unitId);
	if (above === undefined) return (tree.whole.get(unitId)?.n ?? 0) < smallest;
	return hiddenParts(partsOf(tree, above), totalHidden(tree, above, smallest), smallest).has(unitId);
}

export type HeatColumn = {
	competencyId: string;
	total: HeatCell;
	/** People of the unit itself. */
	own: HeatCell;
	/** By the id of the unit right below. */
	below: Map<string, HeatCell>;
};

/**
 * The heat map of one unit: per competency its total, its own people, and each unit right below with everything under
 * it. Groups under `smallest` stay hidden on every page, also against whoever lays several pages side by side.
 * `alreadyHidden`: the total protects a neighbour in another table, and adding up this one must not give it away.
 */
export function heatOf(
	units: readonly HeatUnit[],
	sums: readonly OwnSums[],
	unitId: string,
	smallest: number,
	alreadyHidden = false
): HeatColumn[] {
	const places = placesOf(units);
	return [...Map.groupBy(sums, (row) => row.competencyId)].map(([competencyId, rows]) => {
		const tree = treeOf(places, rows);
		const topHidden = alreadyHidden || totalHidden(tree, unitId, smallest);
		const hidden = hiddenParts(partsOf(tree, unitId), topHidden, smallest);
		return {
			competencyId,
			total: cellOf(tree.whole.get(unitId) ?? nothing(), topHidden),
			own: cellOf(tree.own.get(unitId) ?? nothing(), hidden.has('')),
			below: new Map(
				(tree.children.get(unitId) ?? []).map((id) => [
					id,
					cellOf(tree.whole.get(id) ?? nothing(), hidden.has(id))
				])
			)
		};
	});
}
