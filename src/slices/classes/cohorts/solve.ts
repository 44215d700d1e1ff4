import { roomFor } from './check.ts';
import { frameOf, type Frame } from './frame.ts';
import { withFreeSlots } from './free-slots.ts';
import { hoursProgram, slotsFrom } from './hours.ts';
import { programOf, readProgram, seatKey, type Program, type Unknowns } from './program.ts';
import {
	chooses,
	personWorth,
	placeWorth,
	slotOf,
	worthOf,
	type Assignment,
	type Problem
} from './problem.ts';

/** What a solver of programs answers: `x` is null when it found nothing in time; `bound`: nothing can be worth more. */
export type Solved = { x: number[] | null; bound: number };
/** Which unknowns must be whole: all that count people or choose, the choices alone, or none. */
export type Whole = 'all' | 'choices' | 'none';
export type SolveProgram = (
	program: Program,
	asked: { whole: Whole; seconds: number; gap: number }
) => Promise<Solved>;

export type Limits = {
	seconds: number;
	/** Good enough when the bound is no more than this share above it: 0.01 is one per cent. */
	gap: number;
	/** Seconds since the start; the solver is stopped by it, the answer does not depend on it before. */
	clock: () => number;
	/** Up to so many pairs of a group and an offer are solved whole at once, to the very optimum. */
	small?: number;
	/** How far: 0 to 1. */
	told?: (share: number) => Promise<void>;
};

export type Split = Assignment & { worth: number; bound: number; gap: number; seconds: number };

const NOTHING: Unknowns = { seated: new Map(), held: new Map() };
const SMALL = 3000;

/**
 * Splits the nominated people over the cohorts. A small problem is solved whole, to the optimum. A large one in steps:
 * which slots are held (its bound holds for every split), then the seats with people in fractions, rounded down, and
 * every seat that this leaves filled; only when that is not within `gap` of the bound, whole numbers in the time that is
 * left. The same problem gets the same answer unless the time runs out.
 */
export async function splitCohorts(problem: Problem, solve: SolveProgram, limits: Limits): Promise<Split> {
	const left = () => Math.max(0.5, limits.seconds - limits.clock());
	const finished = (found: Assignment, bound: number): Split => {
		const worth = worthOf(problem, found);
		const top = Math.max(worth, bound);
		return { ...found, worth, bound: top, gap: top === 0 ? 0 : (top - worth) / top, seconds: limits.clock() };
	};
	const byHand = worthOfFixed(problem);
	const frame = frameOf(problem);
	if (frame.groups.length === 0) return finished(readProgram(problem, frame, NOTHING, []), byHand);
	if (frame.groups.reduce((sum, { offers }) => sum + offers.size, 0) <= (limits.small ?? SMALL)) {
		const { program, unknowns } = programOf(problem, frame);
		const { x, bound } = await solve(program, { whole: 'all', seconds: left(), gap: 0 });
		return finished(withLeftovers(problem, readProgram(problem, frame, unknowns, x ?? [])), bound + byHand);
	}

	let bound = Infinity;
	let settled = problem;
	if (problem.cohorts.some(chooses)) {
		const hours = hoursProgram(problem, frame);
		const solved = await solve(hours.program, { whole: 'none', seconds: left(), gap: 0 });
		bound = solved.bound + byHand;
		settled = { ...problem, cohorts: slotsFrom(problem, frame, hours.held, solved.x ?? []) };
		await limits.told?.(0.5);
	}
	const inner = frameOf(settled);
	const { program, unknowns } = programOf(settled, inner);
	let seats = await solve(program, { whole: 'none', seconds: left(), gap: 0 });
	if (settled === problem) bound = seats.bound + byHand;
	if (problem.mixing === 'together' && seats.x) {
		// Each unit to the cohort where most of its fractions are; who of them goes is then a question of its own.
		const housed = frameOf(withHomes(settled, inner, unknowns, seats.x));
		const part = programOf(settled, housed);
		const homes = await solve(part.program, { whole: 'none', seconds: left(), gap: 0 });
		const found = readProgram(settled, housed, part.unknowns, homes.x ?? []);
		const rounded = finished(withLeftovers(settled, found), bound);
		if (rounded.gap <= limits.gap || left() < 1) return rounded;
		seats = await solve(program, { whole: 'choices', seconds: left() * 0.8, gap: limits.gap / 4 });
		if (settled === problem) bound = Math.min(bound, seats.bound + byHand);
		const better = finished(
			withLeftovers(settled, readProgram(settled, inner, unknowns, seats.x ?? [])),
			bound
		);
		return better.worth > rounded.worth ? better : finished(rounded, bound);
	}
	const read = (x: readonly number[] | null) =>
		finished(withLeftovers(settled, readProgram(settled, inner, unknowns, x ?? [])), bound);
	const rounded = read(seats.x);
	await limits.told?.(0.8);
	if (rounded.gap <= limits.gap || limits.clock() >= limits.seconds) return rounded;
	const whole = await solve(program, { whole: 'all', seconds: left(), gap: limits.gap / 4 });
	if (settled === problem) bound = Math.min(bound, whole.bound + byHand);
	const better = read(whole.x);
	return better.worth > rounded.worth ? better : { ...rounded, ...finished(rounded, bound) };
}

/** What those put by hand are worth at most, wherever their class meets. */
function worthOfFixed(problem: Problem): number {
	const cohorts = new Map(problem.cohorts.map((cohort) => [cohort.id, cohort]));
	return problem.people.reduce((sum, person) => {
		const cohort = cohorts.get(problem.fixed[person.id] ?? '');
		if (!cohort) return sum;
		const places = cohort.slots.length === 0 ? [null] : cohort.slots.map(({ placeId }) => placeId);
		const nearest = Math.min(...places.map((placeId) => problem.distance(person.unitId, placeId)));
		return sum + personWorth(person) + placeWorth(person.wishes[cohort.id], nearest);
	}, 0);
}

/** The problem with one cohort for each unit: the one that most of its people are in, in fractions. */
function withHomes(problem: Problem, frame: Frame, { seated }: Unknowns, x: readonly number[]): Problem {
	const shares = new Map<string, Map<string, number>>();
	for (const [index, group] of frame.groups.entries())
		for (const offer of group.offers.keys()) {
			const cohortId = frame.offers[offer]?.cohort.id ?? '';
			const of = shares.get(group.unitId) ?? new Map<string, number>();
			shares.set(group.unitId, of);
			of.set(cohortId, (of.get(cohortId) ?? 0) + (x[seated.get(seatKey(index, offer)) ?? -1] ?? 0));
		}
	const people = problem.people.map((person) => {
		const [home] = [...(shares.get(person.unitId) ?? [])].sort(([, a], [, b]) => b - a)[0] ?? [];
		if (home === undefined) return person;
		const others = problem.cohorts.flatMap(({ id }) => (id === home ? [] : [[id, 'forbidden'] as const]));
		return { ...person, wishes: { ...person.wishes, ...Object.fromEntries(others) } };
	});
	return { ...problem, people };
}

/** Whoever still fits somewhere is put there, most worth first: a split cut short must not leave a seat to nobody. */
function withLeftovers(problem: Problem, found: Assignment): Assignment {
	const slots = withFreeSlots(problem, found);
	const room = roomFor(problem, { ...found, slots });
	const places: Record<string, string> = { ...found.places };
	const waiting = problem.people
		.filter(({ id }) => places[id] === undefined)
		.sort((a, b) => personWorth(b) - personWorth(a) || (a.id < b.id ? -1 : 1));
	for (const person of waiting) {
		const [best] = problem.cohorts
			.filter(({ id }) => room.reasons(person, id).length === 0)
			.map((cohort) => {
				const placeId = slotOf(cohort, slots[cohort.id])?.placeId ?? null;
				const worth = placeWorth(person.wishes[cohort.id], problem.distance(person.unitId, placeId));
				return { id: cohort.id, worth };
			})
			.sort((a, b) => b.worth - a.worth);
		if (!best) continue;
		places[person.id] = best.id;
		room.place(person, best.id);
	}
	return { places, slots };
}
