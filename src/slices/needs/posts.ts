import { hiddenParts } from './heat.ts';

/** A post as people name it: its title, whatever its letters' case, and its level. */
export type PostKey = { title: string; level: string };

export const postAddress = ({ title, level }: PostKey, more: Readonly<Record<string, string>> = {}): string =>
	`/needs/posts/post?${new URLSearchParams({ title, level, ...more })}`;

/** What was counted of the people of a post. */
export type PostCount = PostKey & {
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
 * Posts of a unit, with figures where at least `smallest` people were measured and what is missing cannot be worked out
 * from the unit's total: the rule of the heat map, over posts in place of units.
 */
export function postLines(counts: readonly PostCount[], smallest: number): PostLine[] {
	const hidden = hiddenParts(
		new Map(counts.filter(({ measured }) => measured > 0).map((one) => [nameOf(one), one.measured])),
		false,
		smallest
	);
	return counts.map(({ title, level, people, measured, levels, shortfall, likely, sure }) => ({
		title,
		level,
		people,
		shown:
			measured === 0 || hidden.has(nameOf({ title, level }))
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
