import { heatOf, hiddenParts, type HeatUnit } from './heat.ts';

/** A post as people name it: its title, whatever its letters' case, and its level. */
export type PostKey = { title: string; level: string };

export const postAddress = ({ title, level }: PostKey, more: Readonly<Record<string, string>> = {}): string =>
	`/needs/posts/post?${new URLSearchParams({ title, level, ...more })}`;

/** What was counted of the people of a post who work in a unit itself. */
export type PostSums = PostKey & {
	unitId: string;
	/** People asked in the survey who held it. */
	people: number;
	/** Of them, with evidence in at least one competency. */
	measured: number;
	/** Person and competency, measured. */
	levels: number;
	/** Of those levels, sums: expected shortfall, probability of a real gap, how surely that can be said. */
	shortfall: number;
	likely: number;
	sure: number | null;
};

export type PostLine = PostKey & {
	people: number;
	/** Of them, in the kind of unit that was asked for. */
	within?: number;
	/** Null: too few people, or needed to protect such a post. */
	shown: null | {
		measured: number;
		/** Mean levels missing, a reserve counting 0. */
		shortfall: number;
		/** Gaps to be expected among all levels of all people, and as a share of them. */
		gaps: number;
		share: number;
		/** 0.5 to 1; null where nothing tells. */
		certainty: number | null;
	};
};

const nameOf = ({ title, level }: PostKey) => `${level} ${title.toLowerCase()}`;
export const samePost = (a: PostKey, b: PostKey): boolean => nameOf(a) === nameOf(b);

/**
 * Posts of a unit and everything below it. Figures only where at least `smallest` people were measured, and where what is
 * missing can be worked out neither from the unit's total nor from the pages above: the rule of the heat map, over posts
 * and over units.
 */
export function postLines(
	sums: readonly PostSums[],
	units: readonly HeatUnit[],
	unitId: string,
	smallest: number
): PostLine[] {
	const inView = unitsBelow(units, unitId);
	const posts = [...Map.groupBy(sums, nameOf)].flatMap(([name, everywhere]) => {
		const here = everywhere.filter((one) => inView.has(one.unitId));
		const [first] = here;
		return first === undefined
			? []
			: [{ name, everywhere, title: first.title, level: first.level, ...addedUp(here) }];
	});
	const hidden = new Set([
		...hiddenParts(
			new Map(posts.filter(({ measured }) => measured > 0).map((one) => [one.name, one.measured])),
			false,
			smallest
		),
		...hiddenAbove(
			posts.flatMap(({ everywhere }) => everywhere),
			units,
			unitId,
			smallest
		)
	]);
	return posts.map(({ name, title, level, people, measured, levels, shortfall, likely, sure }) => ({
		title,
		level,
		people,
		shown:
			measured === 0 || hidden.has(name)
				? null
				: {
						measured,
						shortfall: shortfall / levels,
						gaps: likely,
						share: likely / levels,
						certainty: sure === null ? null : sure / levels
					}
	}));
}

const addedUp = (sums: readonly PostSums[]) =>
	sums.reduce(
		(all, one) => ({
			people: all.people + one.people,
			measured: all.measured + one.measured,
			levels: all.levels + one.levels,
			shortfall: all.shortfall + one.shortfall,
			likely: all.likely + one.likely,
			sure: all.sure === null || (one.sure === null && one.measured > 0) ? null : all.sure + (one.sure ?? 0)
		}),
		{ people: 0, measured: 0, levels: 0, shortfall: 0, likely: 0, sure: 0 as number | null }
	);

export type UnitOfKind = HeatUnit & { kind: string };

/** Kinds of unit below a unit → the units of that kind there with everything below them: a section lies in its district. */
export function kindsBelow(units: readonly UnitOfKind[], unitId: string): Map<string, Set<string>> {
	const children = Map.groupBy(units, ({ parentId }) => parentId);
	const found = new Map<string, Set<string>>();
	const open: { id: string; lies: readonly string[] }[] = [{ id: unitId, lies: [] }];
	for (let one = open.pop(); one !== undefined; one = open.pop())
		for (const { id, kind } of children.get(one.id) ?? []) {
			const lies = [...new Set([...one.lies, kind])];
			for (const of of lies) found.set(of, (found.get(of) ?? new Set()).add(id));
			open.push({ id, lies });
		}
	return found;
}

/** Of each post those asked in some units, posts without any left out. Figures stay those of everybody: cut by kind of unit
 * they would give small groups away. */
export function postsWithin(
	lines: readonly PostLine[],
	sums: readonly PostSums[],
	units: ReadonlySet<string>
): PostLine[] {
	const here = Map.groupBy(
		sums.filter(({ unitId }) => units.has(unitId)),
		nameOf
	);
	return lines.flatMap((line) => {
		const people = (here.get(nameOf(line)) ?? []).reduce((sum, one) => sum + one.people, 0);
		return people === 0 ? [] : [{ ...line, within: people }];
	});
}

function unitsBelow(units: readonly HeatUnit[], unitId: string): Set<string> {
	const children = Map.groupBy(units, ({ parentId }) => parentId);
	const found = new Set<string>();
	const open = [unitId];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		found.add(id);
		open.push(...(children.get(id) ?? []).map((one) => one.id));
	}
	return found;
}

/** Posts whose total in the unit protects somebody on a page above. At the top there is no page above. */
function hiddenAbove(
	sums: readonly PostSums[],
	units: readonly HeatUnit[],
	unitId: string,
	smallest: number
): string[] {
	if (units.some(({ id, parentId }) => id === unitId && parentId === null)) return [];
	const own = sums.map((one) => ({
		unitId: one.unitId,
		competencyId: nameOf(one),
		people: one.people,
		n: one.measured,
		gap: 0,
		shortfall: 0,
		withGap: 0,
		sure: null
	}));
	return heatOf(units, own, unitId, smallest).flatMap(({ competencyId: name, total }) =>
		total.state === 'hidden' ? [name] : []
	);
}

export const POST_SORTS = ['gaps', 'shortfall', 'people', 'title'] as const;
export type PostSort = (typeof POST_SORTS)[number];

/** In the order asked for; posts without figures last, by title. */
export function sortedPosts(
	lines: readonly PostLine[],
	{ by, descending }: { by: PostSort; descending: boolean }
): PostLine[] {
	const turn = descending ? -1 : 1;
	const byTitle = (a: PostLine, b: PostLine) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);
	return lines.toSorted((a, b) => {
		if (by === 'title') return turn * byTitle(a, b);
		if (by === 'people') return turn * (a.people - b.people) || byTitle(a, b);
		if (a.shown === null || b.shown === null)
			return Number(a.shown === null) - Number(b.shown === null) || byTitle(a, b);
		return turn * (a.shown[by] - b.shown[by]) || byTitle(a, b);
	});
}

/** Levels of a post's people in one competency, half a level each: 0, 0.5, … 5. */
export type Spread = { level: number; people: number }[];

/** The same in whole levels, 0 to 5: what the table behind a chart shows. */
export const inWholeLevels = (spread: Spread): number[] =>
	[0, 1, 2, 3, 4, 5].map((whole) =>
		spread.filter(({ level }) => Math.round(level) === whole).reduce((sum, { people }) => sum + people, 0)
	);
