import { coverageOf, holdersOf, overlaps, shortWithout, type Away, type Counter } from '../coverage.ts';

/** Somebody who might stand in, with the counters of their own unit that day. */
export type Candidate = {
	personId: string;
	name: string;
	postTitle: string;
	unitId: string;
	unit: string;
	/** 0 the unit itself, 1 a neighbour. */
	apart: 0 | 1;
};

/**
 * Who can stand in at a counter: of the same role, not away in these hours, not needed by their own counter, and not one
 * of those it counts on already. The own unit first, then by name. `counters` are those of all these units on the day;
 * `away` includes the seats that the split gives.
 */
export function substitutesAt(
	counter: Counter,
	candidates: readonly Candidate[],
	counters: readonly Counter[],
	away: readonly Away[]
): Candidate[] {
	const today = counters.filter(({ day }) => day === counter.day);
	const covered = coverageOf(today, away);
	const role = counter.roles[0] ?? '';
	const fitting = new Set(
		[...Map.groupBy(candidates, ({ unitId }) => unitId).values()].flatMap((unit) =>
			holdersOf(role, unit).map(({ personId }) => personId)
		)
	);
	return candidates
		.filter(
			({ personId }) =>
				fitting.has(personId) &&
				!counter.holders.includes(personId) &&
				!away.some((one) => one.personId === personId && overlaps(one, counter)) &&
				shortWithout(covered, personId, [counter]).length === 0
		)
		.sort((a, b) => a.apart - b.apart || a.name.localeCompare(b.name));
}
