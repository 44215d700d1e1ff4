type Due = { kind: string; due: string | null };

/** What has no day of its own comes after what has. */
const LATER = '9999-12-31';
const bySoonest = (a: Due, b: Due) => (a.due ?? LATER).localeCompare(b.due ?? LATER);

/**
 * So many to be seen first, soonest on top, and the others. The soonest of each kind goes before a second one of any, so
 * that five steps of a plan do not hide a quiz.
 */
export function foremost<T extends Due>(tasks: readonly T[], most: number): { tasks: T[]; more: T[] } {
	const sorted = tasks.toSorted(bySoonest);
	const seen = new Map<string, number>();
	const ranked = sorted.map((task) => {
		const rank = seen.get(task.kind) ?? 0;
		seen.set(task.kind, rank + 1);
		return { task, rank };
	});
	const first = new Set(
		ranked
			.toSorted((a, b) => a.rank - b.rank)
			.slice(0, most)
			.map(({ task }) => task)
	);
	return { tasks: sorted.filter((task) => first.has(task)), more: sorted.filter((task) => !first.has(task)) };
}
