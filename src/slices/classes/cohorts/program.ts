import { clash, seatsOf, type Frame, type Group, type Offer } from './frame.ts';
import { chooses, mixedShare, personWorth, seatsIn, type Problem, type Slot } from './problem.ts';

/** A linear program with whole numbers, in rows: maximise worth · x, each row ≤ its limit, 0 ≤ x ≤ upper. */
export type Program = {
	worth: number[];
	upper: number[];
	/** Choices between slots or cohorts, people in an offer, and worth that follows from these and need not be whole. */
	kind: ('choice' | 'people' | 'rest')[];
	starts: number[];
	indices: number[];
	values: number[];
	limits: number[];
};

/** Where the unknowns of the program stand. */
export type Unknowns = {
	/** People of a group in an offer, by `group:offer`. */
	seated: Map<string, number>;
	/** A slot is held, by its id; the only slot of a cohort that has what it needs is no choice. */
	held: Map<string, number>;
};

export const seatKey = (group: number, offer: number): string => `${group}:${offer}`;

type Row = Map<number, number>;
type Add = (worth: number, upper: number, kind: Program['kind'][number]) => number;

/** Writes the model of README.md down in rows. */
export function programOf(problem: Problem, frame: Frame): { program: Program; unknowns: Unknowns } {
	const program: Program = {
		worth: [],
		upper: [],
		kind: [],
		starts: [0],
		indices: [],
		values: [],
		limits: []
	};
	const unknowns: Unknowns = { seated: new Map(), held: new Map() };
	const add: Add = (worth, upper, kind) => {
		program.kind.push(kind);
		program.upper.push(upper);
		return program.worth.push(worth) - 1;
	};
	const row = (terms: Row, limit: number): void => {
		for (const [index, value] of terms) {
			program.indices.push(index);
			program.values.push(value);
		}
		program.starts.push(program.indices.length);
		program.limits.push(limit);
	};

	const choosing = problem.cohorts.filter(chooses);
	const settled = problem.cohorts.flatMap((cohort) => (chooses(cohort) ? [] : cohort.slots));
	for (const { slots } of choosing)
		for (const slot of slots)
			unknowns.held.set(
				slot.id,
				add(0, sharedThings([slot, ...settled]).some((set) => set.includes(slot)) ? 0 : 1, 'choice')
			);
	const byOffer = frame.offers.map((): number[] => []);
	for (const [index, group] of frame.groups.entries()) {
		const total = group.members.length;
		const classes = classesOf(group);
		// Worth that all share stands on the seats; what some have beyond it on their own unknown, filled best first.
		const common = Math.min(...classes.map(({ worth }) => worth));
		const seats: Row = new Map();
		for (const [offer, worth] of group.offers) {
			const most = Math.min(total, frame.offers[offer]?.cohort.seats ?? 0);
			const at = add(common + worth, most, 'people');
			unknowns.seated.set(seatKey(index, offer), at);
			byOffer[offer]?.push(at);
			seats.set(at, 1);
		}
		row(seats, total);
		const extra: Row = new Map();
		for (const one of classes)
			if (one.worth > common) extra.set(add(one.worth - common, one.count, 'rest'), 1);
		if (extra.size > 0) row(new Map([...extra, ...[...seats.keys()].map((at) => [at, -1] as const)]), 0);
	}

	for (const offer of frame.offers) {
		const terms: Row = new Map((byOffer[offer.index] ?? []).map((at) => [at, 1]));
		const taken = frame.taken.get(offer.cohort.id) ?? 0;
		const [only] = offer.cohort.slots;
		if (!chooses(offer.cohort) && only) row(terms, Math.max(0, seatsIn(offer.cohort, only) - taken));
		else {
			for (const slot of offer.slots)
				put(terms, unknowns.held.get(slot.id), -Math.max(0, seatsOf(offer, slot) - taken));
			row(terms, 0);
		}
	}
	for (const { slots } of choosing)
		row(new Map(slots.map((slot) => [unknowns.held.get(slot.id) ?? -1, 1])), 1);
	for (const { spare, groups, offers, slots } of frame.limits) {
		const terms: Row = new Map();
		for (const group of groups)
			for (const offer of offers) put(terms, unknowns.seated.get(seatKey(group, offer)), 1);
		for (const slot of slots) put(terms, unknowns.held.get(slot), 1);
		row(terms, spare);
	}
	for (const slots of sharedThings(choosing.flatMap(({ slots }) => slots)))
		row(new Map(slots.map((slot) => [unknowns.held.get(slot.id) ?? -1, 1])), 1);
	shareRows(problem, frame, unknowns, row);
	mixingRows(problem, frame, unknowns, add, row);
	return { program, unknowns };
}

function put(row: Row, at: number | undefined, value: number): void {
	if (at !== undefined) row.set(at, value);
}

/** Members of equal worth, most worth first. */
function classesOf(group: Group): { worth: number; count: number }[] {
	const counts = new Map<number, number>();
	for (const member of group.members)
		counts.set(personWorth(member), (counts.get(personWorth(member)) ?? 0) + 1);
	return [...counts].map(([worth, count]) => ({ worth, count }));
}

/** Slots of which only one can be held: the same room or facilitator at the same hour. One set for each stretch of time. */
export function sharedThings(slots: readonly Slot[]): Slot[][] {
	const byThing = new Map<string, Slot[]>();
	for (const slot of slots)
		for (const thing of [
			slot.roomId && `room ${slot.roomId}`,
			slot.facilitatorId && `who ${slot.facilitatorId}`
		])
			if (thing) byThing.set(thing, [...(byThing.get(thing) ?? []), slot]);
	const sets = new Map<string, Slot[]>();
	for (const sharing of byThing.values())
		for (const one of sharing)
			for (const span of one.spans) {
				// Whoever is there when this one begins: every overlap begins with the beginning of one of its parts.
				const start = { day: span.day, from: span.from, to: span.from + 1 };
				const set = sharing.filter((other) => clash(other.spans, [start]));
				if (set.length > 1) sets.set(set.map(({ id }) => id).join(' '), set);
			}
	return [...sets.values()];
}

/** Quotas: groups are cut so that all of a group stand under one or none. */
function shareRows(
	problem: Problem,
	frame: Frame,
	{ seated }: Unknowns,
	row: (terms: Row, limit: number) => void
): void {
	for (const { cohortId, most, people } of problem.shares) {
		const groups = frame.groups.flatMap(({ members }, index) =>
			people.has(members[0]?.id ?? '') ? [index] : []
		);
		const terms = termsOf(cohortId, groups, frame.offers, seated);
		if (terms.size === 0) continue;
		const fixed = Object.entries(problem.fixed).filter(
			([id, at]) => at === cohortId && people.has(id)
		).length;
		row(terms, Math.max(0, most - fixed));
	}
}

function mixingRows(
	problem: Problem,
	frame: Frame,
	{ seated }: Unknowns,
	add: Add,
	row: (terms: Row, limit: number) => void
): void {
	if (problem.mixing === 'free') return;
	const ofUnit = new Map<string, number[]>();
	for (const [index, { unitId }] of frame.groups.entries())
		ofUnit.set(unitId, [...(ofUnit.get(unitId) ?? []), index]);
	const unitOf = new Map(problem.people.map(({ id, unitId }) => [id, unitId]));
	const fixedIn = (unitId: string, cohortId: string): number =>
		Object.entries(problem.fixed).filter(([id, at]) => at === cohortId && unitOf.get(id) === unitId).length;
	for (const [unitId, groups] of ofUnit) {
		const most = groups.reduce((sum, index) => sum + (frame.groups[index]?.members.length ?? 0), 0);
		const home: Row = new Map();
		const held = problem.cohorts.filter(({ id }) => fixedIn(unitId, id) > 0).map(({ id }) => id);
		for (const cohort of problem.cohorts) {
			const terms = termsOf(cohort.id, groups, frame.offers, seated);
			if (terms.size === 0) continue;
			if (problem.mixing === 'mixed') {
				const share = Math.max(0, mixedShare(cohort.seats) - fixedIn(unitId, cohort.id));
				if (most > share) row(terms, share);
			} else if (held.length > 0) {
				if (!held.includes(cohort.id)) row(terms, 0);
			} else {
				const choice = add(0, 1, 'choice');
				home.set(choice, 1);
				row(new Map([...terms, [choice, -Math.min(cohort.seats, mostAway(frame, groups, cohort.id))]]), 0);
			}
		}
		if (home.size > 1) row(home, 1);
	}
}

/** No more of these groups can sit in a cohort than its strictest counter lets go, with all whom it does not need. */
function mostAway(frame: Frame, groups: readonly number[], cohortId: string): number {
	const there = new Set(frame.offers.flatMap((offer) => (offer.cohort.id === cohortId ? [offer.index] : [])));
	const coming = groups.filter((index) => [...there].some((offer) => frame.groups[index]?.offers.has(offer)));
	const size = (index: number) => frame.groups[index]?.members.length ?? 0;
	const all = coming.reduce((sum, index) => sum + size(index), 0);
	const caps = frame.limits.flatMap((limit) => {
		if (![...there].every((offer) => limit.offers.includes(offer))) return [];
		const counted = coming.filter((index) => limit.groups.includes(index));
		if (counted.length === 0) return [];
		return [all - counted.reduce((sum, index) => sum + size(index), 0) + limit.spare];
	});
	return Math.min(all, ...caps);
}

function termsOf(
	cohortId: string,
	groups: readonly number[],
	offers: readonly Offer[],
	seated: ReadonlyMap<string, number>
): Row {
	const terms: Row = new Map();
	for (const offer of offers)
		if (offer.cohort.id === cohortId)
			for (const group of groups) put(terms, seated.get(seatKey(group, offer.index)), 1);
	return terms;
}

/** Reads a solution back: who goes where, and which slots are held. Fractions of a person stay unplaced. */
export function readProgram(
	problem: Problem,
	frame: Frame,
	unknowns: Unknowns,
	x: readonly number[]
): { places: Record<string, string>; slots: Record<string, string> } {
	const places: Record<string, string> = { ...problem.fixed };
	const slots: Record<string, string> = {};
	for (const cohort of problem.cohorts) {
		const [only] = cohort.slots;
		const held =
			only && !chooses(cohort)
				? only
				: cohort.slots.find(({ id }) => Math.round(x[unknowns.held.get(id) ?? -1] ?? 0) === 1);
		if (held) slots[cohort.id] = held.id;
	}
	for (const [index, group] of frame.groups.entries()) {
		let next = 0;
		for (const offer of group.offers.keys()) {
			const cohort = frame.offers[offer]?.cohort.id;
			const count = Math.floor((x[unknowns.seated.get(seatKey(index, offer)) ?? -1] ?? 0) + 1e-6);
			for (const member of group.members.slice(next, next + count))
				if (cohort !== undefined) places[member.id] = cohort;
			next += count;
		}
	}
	return { places, slots };
}
