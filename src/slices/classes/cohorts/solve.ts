import { roomFor } from './check.ts';
import { frameOf } from './frame.ts';
import { programOf, readProgram, type Program } from './program.ts';
import { personWorth, worthOf, type Assignment, type Problem } from './problem.ts';

/** What a solver of programs answers: `x` is null when it found nothing in time; `bound`: nothing can be worth more. */
export type Solved = { x: number[] | null; bound: number };
export type SolveProgram = (
	program: Program,
	asked: { whole: boolean; fixed: ReadonlyMap<number, number>; seconds: number; gap: number }
) => Promise<Solved>;

export type Limits = {
	seconds: number;
	/** Good enough when the bound is no more than this share above it: 0.01 is one per cent. */
	gap: number;
	/** Seconds since the start; the solver is stopped by it, the answer does not depend on it before. */
	clock: () => number;
	/** How far: 0 to 1. */
	told?: (share: number) => Promise<void>;
};

export type Split = Assignment & { worth: number; bound: number; gap: number; seconds: number };

/** Up to so many unknowns are solved whole at once, to the very optimum. */
const SMALL = 3000;
/** What a large problem leaves to the choice of slots before the seats are given. */
const FIRST_SHARE = 0.6;

/**
 * Splits the nominated people over the cohorts. A large problem is solved in two steps: which slots are held, with
 * people as fractions (its bound holds for every split), then the seats themselves with these slots; if that is not
 * within `gap` of the bound, the whole at once in the time that is left. The same problem gets the same answer unless the
 * time runs out.
 */
export async function splitCohorts(problem: Problem, solve: SolveProgram, limits: Limits): Promise<Split> {
	const frame = frameOf(problem);
	const { program, unknowns } = programOf(problem, frame);
	const left = () => Math.max(0.5, limits.seconds - limits.clock());
	const none = new Map<number, number>();
	const byHand = worthOfFixed(problem);
	let x: number[] | null = null;
	let bound = Infinity;
	if (program.worth.length <= SMALL) {
		const whole = await solve(program, { whole: true, fixed: none, seconds: left(), gap: 0 });
		({ x, bound } = whole);
	} else {
		const slots = await solve(program, {
			whole: false,
			fixed: none,
			seconds: left() * FIRST_SHARE,
			gap: limits.gap / 4
		});
		bound = slots.bound;
		await limits.told?.(0.6);
		if (slots.x) {
			const seats = await solve(program, {
				whole: true,
				fixed: choicesOf(program, slots.x),
				seconds: left() / 2,
				gap: limits.gap / 10
			});
			x = seats.x;
		}
		await limits.told?.(0.8);
		if (x === null || worthIn(program, x) < bound * (1 - limits.gap)) {
			const whole = await solve(program, { whole: true, fixed: none, seconds: left(), gap: limits.gap });
			bound = Math.min(bound, whole.bound);
			if (whole.x && (x === null || worthIn(program, whole.x) > worthIn(program, x))) x = whole.x;
		}
	}
	const found = withLeftovers(problem, readProgram(problem, frame, unknowns, x ?? []));
	const worth = worthOf(problem, found);
	const top = Math.max(worth, bound + byHand);
	return { ...found, worth, bound: top, gap: top === 0 ? 0 : (top - worth) / top, seconds: limits.clock() };
}

const worthIn = (program: Program, x: readonly number[]): number =>
	program.worth.reduce((sum, worth, index) => sum + worth * (x[index] ?? 0), 0);

const choicesOf = (program: Program, x: readonly number[]): Map<number, number> =>
	new Map(
		program.kind.flatMap((kind, index) => (kind === 'choice' ? [[index, Math.round(x[index] ?? 0)]] : []))
	);

function worthOfFixed(problem: Problem): number {
	const slots = Object.fromEntries(problem.cohorts.map(({ id, slots: [slot] }) => [id, slot?.id ?? '']));
	return worthOf(problem, { places: problem.fixed, slots });
}

/** Whoever still fits somewhere is put there, most worth first: a split cut short must not leave a seat to nobody. */
function withLeftovers(problem: Problem, found: Assignment): Assignment {
	const room = roomFor(problem, found);
	const places: Record<string, string> = { ...found.places };
	const waiting = problem.people
		.filter(({ id }) => places[id] === undefined)
		.sort((a, b) => personWorth(b) - personWorth(a) || (a.id < b.id ? -1 : 1));
	for (const person of waiting) {
		const cohort = problem.cohorts.find(({ id }) => room.reasons(person, id).length === 0);
		if (!cohort) continue;
		places[person.id] = cohort.id;
		room.place(person, cohort.id);
	}
	return { places, slots: found.slots };
}
