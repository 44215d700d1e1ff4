export type OpenGap = {
	competencyId: string;
	name: string;
	required: number;
	/** Level measured last. */
	measured: number;
	/** Highest level that classes passed since then raise to; null when there are none. */
	passedTo: number | null;
};

export type Raise = { competencyId: string; level: number };

export type Candidate = { programId: string; learningHours: number; raises: readonly Raise[] };

/** Levels still missing: what a class passed since the last measurement reached counts until it is measured again. */
export const remainingGap = (gap: Pick<OpenGap, 'required' | 'measured' | 'passedTo'>): number =>
	Math.max(0, gap.required - Math.max(gap.measured, gap.passedTo ?? 0));

export type Suggestion<C extends Candidate> = {
	program: C;
	/** The gap it is suggested for. */
	gap: OpenGap;
	remaining: number;
	/** Levels of that gap it closes. */
	closes: number;
	/** Levels it teaches beyond what the post asks: made for other posts. */
	beyond: number;
	/** Levels of all gaps it closes. */
	closesInAll: number;
};

/**
 * Programs that close something, best first: largest remaining gap, then most of it closed, then taught closest to
 * what the post asks (a clerk one level short is not sent to a course for managers), then most closed in all, then the
 * fewest JP. A program that raises several competencies is suggested once, for the largest of its gaps.
 */
export function suggestions<C extends Candidate>(
	gaps: readonly OpenGap[],
	candidates: readonly C[]
): Suggestion<C>[] {
	const open = new Map(gaps.map((gap) => [gap.competencyId, { gap, remaining: remainingGap(gap) }]));
	const found = candidates.flatMap((program) => {
		const closing = program.raises.flatMap(({ competencyId, level }) => {
			const at = open.get(competencyId);
			if (!at || at.remaining === 0) return [];
			const reached = Math.max(at.gap.measured, at.gap.passedTo ?? 0);
			const closes = Math.min(level, at.gap.required) - reached;
			return closes > 0 ? [{ ...at, closes, beyond: Math.max(0, level - at.gap.required) }] : [];
		});
		const [best] = closing.toSorted(
			(a, b) => b.remaining - a.remaining || b.closes - a.closes || a.beyond - b.beyond
		);
		if (!best) return [];
		return [{ program, ...best, closesInAll: closing.reduce((sum, one) => sum + one.closes, 0) }];
	});
	return found.sort(
		(a, b) =>
			b.remaining - a.remaining ||
			b.closes - a.closes ||
			a.beyond - b.beyond ||
			b.closesInAll - a.closesInAll ||
			a.program.learningHours - b.program.learningHours
	);
}
