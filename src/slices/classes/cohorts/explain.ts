import { overlaps, type Counter, type Span } from '../coverage.ts';
import { roomFor, type Reason, type Room } from './check.ts';
import { withFreeSlots } from './free-slots.ts';
import {
	slotOf,
	type Assignment,
	type Cohort,
	type Nominee,
	type Problem,
	type ShareLimit
} from './problem.ts';
import { lent } from './slots.ts';

/** What would have to be so that somebody can be placed. */
export type Change =
	| { kind: 'seat'; cohortId: string }
	| { kind: 'share'; share: ShareLimit }
	/** A room with so many seats, or somebody who teaches, for the hours of the class. */
	| { kind: 'room'; cohortId: string; seats: number; hours: number }
	| { kind: 'facilitator'; cohortId: string; seats: number; hours: number }
	| { kind: 'substitute'; counter: Counter; people: number; hours: number };

export type Explanation = {
	personId: string;
	/** The cohort that is cheapest to get them into; null when no seat and no substitute would help. */
	cohortId: string | null;
	/** Why they are not in it, or, when no cohort helps, why not in the first. */
	reasons: readonly Reason[];
	changes: readonly Change[];
};

/**
 * A seat more is a chair; a substitute is somebody's hours, and each of them costs as much as a chair. A room or a
 * facilitator is hours too, shared by all who get a seat by it.
 */
export const CHANGE_COST = { seat: 1, share: 1, hour: 1 } as const;

export const costOf = (changes: readonly Change[]): number =>
	changes.reduce((sum, change) => {
		if (change.kind === 'seat' || change.kind === 'share') return sum + CHANGE_COST[change.kind];
		const times = change.kind === 'substitute' ? change.people : 1 / Math.max(1, change.seats);
		return sum + times * change.hours * CHANGE_COST.hour;
	}, 0);

/**
 * Why each unplaced person has no place and the cheapest change that would give them one, everybody else staying where
 * they are: one seat more, one more of their unit or kind of post than the class's quota, somebody of the role who stands in while
 * they are away, or a room or a facilitator for the class. Leave, another class, a wish
 * against it and the rule for mixing units are not changed for anybody. `only`: of these people.
 */
export function explainUnplaced(
	problem: Problem,
	assignment: Assignment,
	only?: ReadonlySet<string>
): Explanation[] {
	const room = roomFor(problem, assignment);
	return problem.people
		.filter(({ id }) => assignment.places[id] === undefined && (only?.has(id) ?? true))
		.map((person) => explain(problem, assignment, room, person));
}

function explain(problem: Problem, assignment: Assignment, room: Room, person: Nominee): Explanation {
	let best: Explanation | null = null;
	let first: readonly Reason[] = [];
	for (const cohort of problem.cohorts) {
		const spans = slotOf(cohort, assignment.slots[cohort.id])?.spans ?? cohort.wants?.spans ?? [];
		const reasons = room.reasons(person, cohort.id);
		if (first.length === 0) first = reasons;
		const changes = changesFor(cohort.id, reasons, spans);
		if (changes === null) continue;
		if (best === null || costOf(changes) < costOf(best.changes))
			best = { personId: person.id, cohortId: cohort.id, reasons, changes };
	}
	if (best === null) return { personId: person.id, cohortId: null, reasons: first, changes: [] };
	return { ...best, changes: withoutLentFacilitator(problem, assignment, person, best) };
}

/** Who stands in at a counter may free the class's own facilitator from it: then nobody else has to teach. */
function withoutLentFacilitator(
	problem: Problem,
	assignment: Assignment,
	person: Nominee,
	{ cohortId, changes }: Explanation
): readonly Change[] {
	if (cohortId === null || !changes.some(({ kind }) => kind === 'substitute')) return changes;
	const fewer = changes.filter(({ kind }) => kind !== 'facilitator');
	if (fewer.length === changes.length) return changes;
	const then = changed(problem, fewer);
	const at = withFreeSlots(then, assignment)[cohortId];
	if (at === undefined) return changes;
	const slots = { ...assignment.slots, [cohortId]: at };
	return roomFor(then, { ...assignment, slots }).reasons(person, cohortId).length === 0 ? fewer : changes;
}

/** The changes that take away all of these reasons; null when one of them stays. */
function changesFor(cohortId: string, reasons: readonly Reason[], spans: readonly Span[]): Change[] | null {
	const changes: Change[] = [];
	const short: Short[] = [];
	for (const reason of reasons) {
		if (reason.kind === 'full') changes.push({ kind: 'seat', cohortId });
		else if (reason.kind === 'share') changes.push(reason);
		else if (reason.kind === 'noRoom')
			changes.push({ kind: 'room', cohortId, seats: reason.cohort.seats, hours: hoursIn(spans) });
		else if (reason.kind === 'noFacilitator')
			changes.push({ kind: 'facilitator', cohortId, seats: reason.cohort.seats, hours: hoursIn(spans) });
		else if (reason.kind === 'short')
			short.push({ counter: reason.counter, lacking: reason.counter.required - reason.present });
		else return null;
	}
	return [...changes, ...substitutesFor(short, spans)];
}

const hoursIn = (spans: readonly Span[]): number =>
	spans.reduce((sum, { from, to }) => sum + (to - from) / 60, 0);

type Short = { counter: Counter; lacking: number };

/**
 * Who must stand in at a unit on a day: for the hours in which any of its counters is short, as many as the one that
 * lacks most. Named after the roles that are short by themselves; a set of roles only when none of them is.
 */
function substitutesFor(short: readonly Short[], spans: readonly Span[]): Change[] {
	const byDay = Map.groupBy(short, ({ counter }) => `${counter.unitId} ${counter.day}`);
	return [...byDay.values()].flatMap((lines) => {
		const fewest = Math.min(...lines.map(({ counter }) => counter.roles.length));
		const named = lines.filter(({ counter }) => counter.roles.length === fewest);
		const [lead] = named;
		if (!lead) return [];
		const roles = [...new Set(named.flatMap(({ counter }) => counter.roles))];
		const minutes = new Set<number>();
		for (const { counter } of lines)
			for (const span of spans.filter((one) => overlaps(one, counter)))
				for (let at = Math.max(span.from, counter.from); at < Math.min(span.to, counter.to); at += 1)
					minutes.add(at);
		const all = [...minutes];
		const people = Math.max(...lines.map(({ lacking }) => lacking));
		const counter = { ...lead.counter, roles, from: Math.min(...all), to: Math.max(...all) + 1 };
		return [{ kind: 'substitute' as const, counter, people, hours: all.length / 60 }];
	});
}

/** The problem with the changes made: what proves that they are enough. A substitute is one more holder who is there. */
export function changed(problem: Problem, changes: readonly Change[]): Problem {
	const shares = changes.flatMap((change) => (change.kind === 'share' ? [change.share.id] : []));
	const helps = changes.filter((change) => change.kind === 'substitute');
	return {
		...problem,
		shares: problem.shares.map((share) =>
			shares.includes(share.id) ? { ...share, most: share.most + 1 } : share
		),
		cohorts: problem.cohorts.map((cohort) => {
			const mine = changes.filter((change) => 'cohortId' in change && change.cohortId === cohort.id);
			const roomy = mine.some(({ kind }) => kind === 'seat') ? withSeat(cohort) : cohort;
			const room = mine.some(({ kind }) => kind === 'room');
			const facilitator = mine.some(({ kind }) => kind === 'facilitator');
			return room || facilitator ? lent(roomy, { room, facilitator }) : roomy;
		}),
		counters: problem.counters.map((counter) => {
			const added = helps.flatMap(({ counter: help, people }, index) =>
				help.unitId === counter.unitId &&
				overlaps(help, counter) &&
				help.roles.some((role) => counter.roles.includes(role))
					? Array.from({ length: people }, (_, n) => `substitute ${index} ${n}`)
					: []
			);
			return { ...counter, holders: [...counter.holders, ...added] };
		})
	};
}

const withSeat = (cohort: Cohort): Cohort => ({
	...cohort,
	seats: cohort.seats + 1,
	slots: cohort.slots.map((slot) => ({ ...slot, seats: slot.seats + 1 }))
});
