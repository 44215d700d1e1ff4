import type { TestItem } from '#kernel/statistics/itemAnalysis.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';

export type Outcome = { id: string; statement: string; competency: string };
export type Mastery = Outcome & {
	items: number;
	people: number;
	/** Mean share of its items answered rightly, and share of people who reached the pass mark in them; null for few. */
	mean: number | null;
	mastered: number | null;
};

/**
 * How many master each learning outcome: those who got at least the quiz's pass mark in the questions that measure it.
 * Outcomes without questions are there with none, so that the hole is seen. Under five people no figures.
 */
export function masteryOf(
	outcomes: readonly Outcome[],
	items: readonly (TestItem & { outcomeId: string | null })[],
	passPercent: number
): Mastery[] {
	return outcomes.map((outcome) => {
		const own = items.filter(({ outcomeId }) => outcomeId === outcome.id);
		const people = own[0]?.scores.length ?? 0;
		if (people < SMALLEST_GROUP) return { ...outcome, items: own.length, people, mean: null, mastered: null };
		const most = own.reduce((sum, item) => sum + item.most, 0);
		const shares = Array.from(
			{ length: people },
			(_, who) => own.reduce((sum, { scores }) => sum + (scores[who] ?? 0), 0) / most
		);
		const passed = shares.filter((share) => share * 100 >= passPercent - 1e-9).length;
		const mean = shares.reduce((sum, share) => sum + share, 0) / people;
		return { ...outcome, items: own.length, people, mean, mastered: passed / people };
	});
}
