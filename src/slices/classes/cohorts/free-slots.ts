import { roomFor } from './check.ts';
import type { Assignment, Problem } from './problem.ts';
import { excludes } from './slots.ts';

/**
 * Cohorts in which the program seats nobody have no slot yet: the first that is free and whose facilitator the own counter
 * can spare, those with people first, then those with the fewest to choose from.
 */
export function withFreeSlots(
	problem: Problem,
	{ places, slots: known }: Assignment
): Record<string, string> {
	const slots: Record<string, string> = { ...known };
	const held = problem.cohorts.flatMap(
		(cohort) => cohort.slots.find(({ id }) => id === slots[cohort.id]) ?? []
	);
	const sitting = new Set(Object.values(places));
	const waiting = problem.cohorts
		.filter(({ id, slots: all }) => slots[id] === undefined && all.length > 0)
		.sort((a, b) => Number(sitting.has(b.id)) - Number(sitting.has(a.id)) || a.slots.length - b.slots.length);
	if (waiting.length === 0) return slots;
	const room = roomFor(problem, { places, slots });
	for (const cohort of waiting) {
		const free = cohort.slots.find(
			(slot) =>
				!held.some((other) => excludes(slot, other)) &&
				(cohort.wants?.ledByHand === true || !room.needed(slot.facilitatorId, slot.spans))
		);
		if (!free) continue;
		slots[cohort.id] = free.id;
		held.push(free);
		room.teach(free);
	}
	return slots;
}
