import { overlaps, shortWithout, type Covered, type Span } from '../coverage.ts';

/** Whether somebody stands at a counter in these hours, and whether it can't spare them even when nobody else goes. */
export type Post = (personId: string, spans: readonly Span[]) => 'none' | 'spared' | 'needed';

export function postsOf(covered: readonly Covered[]): Post {
	const byHolder = new Map<string, Covered[]>();
	for (const one of covered)
		for (const id of one.holders) {
			const theirs = byHolder.get(id);
			if (theirs) theirs.push(one);
			else byHolder.set(id, [one]);
		}
	return (personId, spans) => {
		const theirs = byHolder.get(personId) ?? [];
		if (!theirs.some((one) => spans.some((span) => overlaps(span, one)))) return 'none';
		return shortWithout(theirs, personId, spans).length > 0 ? 'needed' : 'spared';
	};
}
