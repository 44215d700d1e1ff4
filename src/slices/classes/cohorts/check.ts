import { overlaps, type Counter, type Span } from '../coverage.ts';
import { clash } from './frame.ts';
import {
	mixedShare,
	seatsIn,
	slotOf,
	type Assignment,
	type Cohort,
	type Nominee,
	type Problem,
	type ShareLimit,
	type Slot
} from './problem.ts';
import { excludes, lackingFor } from './slots.ts';

/** What stands between a person and a cohort. Hours of `short` are those the counter would lack somebody. */
export type Reason =
	| { kind: 'notHeld' }
	/** The class has no room, or nobody to teach it, at its hours: all candidates are elsewhere. */
	| { kind: 'noRoom'; cohort: Cohort }
	| { kind: 'noFacilitator'; cohort: Cohort }
	| { kind: 'forbidden' }
	| { kind: 'away'; span: Span }
	| { kind: 'full'; seats: number }
	| { kind: 'short'; counter: Counter; present: number }
	/** As many as the class has seats for their unit or kind of post sit in it. */
	| { kind: 'share'; share: ShareLimit }
	| { kind: 'mixing' };

export type Room = {
	/** Why this person can't be added to this cohort now; empty when they can. */
	reasons: (person: Nominee, cohortId: string) => Reason[];
	place: (person: Nominee, cohortId: string) => void;
	remove: (person: Nominee, cohortId: string) => void;
	/** The own counter can't spare this facilitator at these hours, beside those who go already. */
	needed: (facilitatorId: string | null, spans: readonly Span[]) => boolean;
	/** Somebody more teaches. */
	teach: (slot: Slot) => void;
	/** Counters below their minimum because somebody was placed or teaches, not because they were short before. */
	broken: () => { counter: Counter; present: number }[];
	covered: () => { counter: Counter; present: number; before: number }[];
};

type Kept = { counter: Counter; before: number; gone: number };

/**
 * What is left in each cohort and at each counter under an assignment. Person by person and without the groups of the
 * model, so that it also proves what the solver answers.
 */
export function roomFor(problem: Problem, assignment: Assignment): Room {
	const cohorts = new Map(problem.cohorts.map((cohort) => [cohort.id, cohort]));
	const slots = new Map<string, Slot>();
	for (const cohort of problem.cohorts) {
		const slot = slotOf(cohort, assignment.slots[cohort.id]);
		if (slot) slots.set(cohort.id, slot);
	}
	const kept = problem.counters.map((counter): Kept => ({ counter, before: 0, gone: 0 }));
	const countersOf = new Map<string, Kept[]>();
	for (const one of kept)
		for (const id of one.counter.holders) {
			const held = countersOf.get(id);
			if (held) held.push(one);
			else countersOf.set(id, [one]);
		}
	const awayBy = new Map<string, Span[]>();
	for (const one of problem.away) awayBy.set(one.personId, [...(awayBy.get(one.personId) ?? []), one]);
	for (const one of kept)
		one.before = one.counter.holders.filter(
			(id) => !awayBy.get(id)?.some((span) => overlaps(span, one.counter))
		).length;

	const members = new Map<string, Set<string>>();
	const inUnit = new Map<string, number>();
	const unitAt = (person: Nominee, cohortId: string) => `${person.unitId} ${cohortId}`;
	/** Counters that somebody leaves for these hours and was at. */
	const left = (personId: string, spans: readonly Span[]) =>
		(countersOf.get(personId) ?? []).filter(
			({ counter }) =>
				spans.some((span) => overlaps(span, counter)) &&
				!awayBy.get(personId)?.some((span) => overlaps(span, counter))
		);
	const short = ({ counter, before, gone }: Kept) => before - gone < counter.required;
	const teach = ({ facilitatorId, spans }: Slot) => {
		if (facilitatorId !== null) for (const one of left(facilitatorId, spans)) one.gone += 1;
	};
	for (const slot of slots.values()) teach(slot);
	const hours = (cohortId: string) => slots.get(cohortId)?.spans ?? cohorts.get(cohortId)?.wants?.spans ?? [];
	const move = (person: Nominee, cohortId: string, by: 1 | -1) => {
		const set = members.get(cohortId) ?? new Set();
		members.set(cohortId, set);
		if (by === 1) set.add(person.id);
		else set.delete(person.id);
		inUnit.set(unitAt(person, cohortId), (inUnit.get(unitAt(person, cohortId)) ?? 0) + by);
		for (const one of left(person.id, hours(cohortId))) one.gone += by;
	};
	for (const person of problem.people) {
		const cohortId = assignment.places[person.id];
		if (cohortId !== undefined) move(person, cohortId, 1);
	}

	const needed = (facilitatorId: string | null, spans: readonly Span[]): boolean =>
		facilitatorId !== null && left(facilitatorId, spans).some((one) => short({ ...one, gone: one.gone + 1 }));
	const seatedUnder = ({ cohortId, people }: ShareLimit): number =>
		[...(members.get(cohortId) ?? [])].filter((id) => people.has(id)).length;
	const mixingAllows = (person: Nominee, cohortId: string): boolean => {
		if (problem.mixing === 'mixed')
			return (inUnit.get(unitAt(person, cohortId)) ?? 0) < mixedShare(cohorts.get(cohortId)?.seats ?? 0);
		// A unit that hands have put into two classes may grow in either.
		if (problem.mixing === 'together')
			return (
				(inUnit.get(unitAt(person, cohortId)) ?? 0) > 0 ||
				problem.cohorts.every(({ id }) => (inUnit.get(unitAt(person, id)) ?? 0) === 0)
			);
		return true;
	};

	return {
		reasons: (person, cohortId) => {
			const cohort = cohorts.get(cohortId);
			const slot = slots.get(cohortId);
			if (!cohort || (!slot && !cohort.wants)) return [{ kind: 'notHeld' }];
			const reasons = slot ? [] : lacking(cohort, [...slots.values()], needed);
			const spans = hours(cohortId);
			if (person.wishes[cohortId] === 'forbidden') reasons.push({ kind: 'forbidden' });
			const span = person.away.find((one) => clash([one], spans));
			if (span) reasons.push({ kind: 'away', span });
			const seats = slot ? seatsIn(cohort, slot) : cohort.seats;
			if ((members.get(cohortId)?.size ?? 0) >= seats) reasons.push({ kind: 'full', seats });
			for (const share of problem.shares)
				if (share.cohortId === cohortId && share.people.has(person.id) && seatedUnder(share) >= share.most)
					reasons.push({ kind: 'share', share });
			for (const { counter, before, gone } of left(person.id, spans))
				if (before - gone - 1 < counter.required)
					reasons.push({ kind: 'short', counter, present: before - gone - 1 });
			if (!mixingAllows(person, cohortId)) reasons.push({ kind: 'mixing' });
			return reasons;
		},
		place: (person, cohortId) => move(person, cohortId, 1),
		remove: (person, cohortId) => move(person, cohortId, -1),
		needed,
		teach,
		broken: () =>
			kept.flatMap((one) =>
				one.gone > 0 && short(one) ? [{ counter: one.counter, present: one.before - one.gone }] : []
			),
		covered: () => kept.map(({ counter, before, gone }) => ({ counter, before, present: before - gone }))
	};
}

function lacking(cohort: Cohort, others: readonly Slot[], needed: Room['needed']): Reason[] {
	const { wants } = cohort;
	const { room, facilitator } = wants
		? lackingFor(wants, others, needed)
		: { room: false, facilitator: false };
	if (!room && !facilitator) return [{ kind: 'notHeld' }];
	return [
		...(room ? [{ kind: 'noRoom' as const, cohort }] : []),
		...(facilitator ? [{ kind: 'noFacilitator' as const, cohort }] : [])
	];
}

export type Violation = { personId: string; cohortId: string; reason: Reason };

/** Cohorts whose room or facilitator another one has at that hour. */
function slotsTaken({ cohorts }: Problem, { slots }: Assignment): Violation[] {
	const held: Slot[] = [];
	const violations: Violation[] = [];
	for (const cohort of cohorts) {
		const slot = slotOf(cohort, slots[cohort.id]);
		if (!slot) continue;
		if (held.some((other) => excludes(slot, other)))
			violations.push({ personId: '', cohortId: cohort.id, reason: { kind: 'notHeld' } });
		held.push(slot);
	}
	return violations;
}

/** Cohorts whose facilitator is missed at the own counter, unless somebody chose them all the same. */
function teachersMissed(problem: Problem, { slots }: Assignment, room: Room): Violation[] {
	const broken = room.broken();
	return problem.cohorts.flatMap((cohort) => {
		const slot = slotOf(cohort, slots[cohort.id]);
		if (!slot || slot.facilitatorId === null || cohort.wants?.ledByHand === true) return [];
		const { facilitatorId, spans } = slot;
		const missed = broken.some(
			({ counter }) =>
				counter.holders.includes(facilitatorId) && spans.some((span) => overlaps(span, counter))
		);
		return missed ? [{ personId: '', cohortId: cohort.id, reason: { kind: 'noFacilitator', cohort } }] : [];
	});
}

/** Every rule that an assignment breaks, apart from what was fixed by hand: none for what the solver answers. */
export function violationsOf(problem: Problem, assignment: Assignment): Violation[] {
	const placed = problem.people.filter(({ id }) => assignment.places[id] !== undefined);
	const room = roomFor(problem, { ...assignment, places: problem.fixed });
	const violations = [...slotsTaken(problem, assignment), ...teachersMissed(problem, assignment, room)];
	for (const person of placed) {
		if (problem.fixed[person.id] !== undefined) {
			if (assignment.places[person.id] !== problem.fixed[person.id])
				violations.push({
					personId: person.id,
					cohortId: assignment.places[person.id] ?? '',
					reason: { kind: 'notHeld' }
				});
			continue;
		}
		const cohortId = assignment.places[person.id] ?? '';
		for (const reason of room.reasons(person, cohortId))
			violations.push({ personId: person.id, cohortId, reason });
		room.place(person, cohortId);
	}
	return violations;
}
