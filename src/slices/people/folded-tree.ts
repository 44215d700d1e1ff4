type Unit = {
	id: string;
	name: string;
	headName: string | null;
	actingName: string | null;
	actingKind: string | null;
	headUnknown?: boolean;
	people: number;
};
type Whole = Unit & { children: readonly Whole[] };

/** A unit as the tree shows it; `below` are the units beneath it, which `children` hold only where it is unfolded. */
export type Branch = Unit & { below: number; children: Branch[] };

/** Up to so many units a tree comes whole. */
const FEW = 80;

/**
 * The tree as a page shows it: a small one whole, a city's (1,095 units are 0.9 MB of page) as its offices, of which one
 * is unfolded with everything below it.
 */
export function foldedTree(roots: readonly Whole[], unfolded: string | null): Branch[] {
	const all = roots.map(branch);
	const units = all.reduce((sum, root) => sum + 1 + root.below, 0);
	if (units <= FEW) return all;
	return all.map((root) => ({
		...root,
		children: root.children.map((office) => (office.id === unfolded ? office : { ...office, children: [] }))
	}));
}

function branch({
	id,
	name,
	headName,
	actingName,
	actingKind,
	headUnknown,
	people,
	children
}: Whole): Branch {
	const below = children.map(branch);
	return {
		id,
		name,
		headName,
		actingName,
		actingKind,
		...(headUnknown === undefined ? {} : { headUnknown }),
		people,
		below: below.reduce((sum, one) => sum + 1 + one.below, 0),
		children: below
	};
}
