import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countersOf, type Away, type Member } from '../coverage.ts';
import { withSolver } from '../server/cohorts/solver.ts';
import { roomFor, violationsOf } from './check.ts';
import { changed, explainUnplaced } from './explain.ts';
import { frameOf } from './frame.ts';
import { withFreeSlots } from './free-slots.ts';
import { hoursProgram } from './hours.ts';
import {
	chooses,
	MIXINGS,
	worthOf,
	type Assignment,
	type Cohort,
	type Nominee,
	type Problem,
	type Slot
} from './problem.ts';
import { excludes } from './slots.ts';
import { splitCohorts } from './solve.ts';

const DAYS = ['2027-03-01', '2027-03-02', '2027-03-03'];
const MORNING = { from: 480, to: 720 };
const AFTERNOON = { from: 780, to: 960 };

type Drawn = {
	units: { staff: number; nurses: number; counter: number; clinic: number }[];
	nominees: {
		unit: number;
		member: number;
		gap: number;
		never: boolean;
		leave: number;
		wish: number;
		fixed: boolean;
	}[];
	cohorts: {
		seats: number;
		slots: { day: number; late: boolean; place: number; room: number; teacher: number }[];
		wants: boolean;
	}[];
	mixing: number;
	shares: { cohort: number; unit: number; most: number }[];
};

const drawn = (most: { people: number; cohorts: number; slots: number }): fc.Arbitrary<Drawn> =>
	fc.record({
		units: fc.array(
			fc.record({
				staff: fc.integer({ min: 1, max: 5 }),
				nurses: fc.integer({ min: 0, max: 3 }),
				counter: fc.integer({ min: 0, max: 4 }),
				clinic: fc.integer({ min: 0, max: 2 })
			}),
			{ minLength: 1, maxLength: 2 }
		),
		nominees: fc.array(
			fc.record({
				unit: fc.nat(1),
				member: fc.nat(4),
				gap: fc.integer({ min: 0, max: 10 }),
				never: fc.boolean(),
				leave: fc.integer({ min: 0, max: 8 }),
				wish: fc.integer({ min: 0, max: 9 }),
				fixed: fc.boolean()
			}),
			{ minLength: 1, maxLength: most.people }
		),
		cohorts: fc.array(
			fc.record({
				seats: fc.integer({ min: 0, max: 3 }),
				slots: fc.array(
					fc.record({
						day: fc.nat(2),
						late: fc.boolean(),
						place: fc.nat(2),
						room: fc.nat(1),
						teacher: fc.nat(9)
					}),
					{ minLength: 1, maxLength: most.slots }
				),
				wants: fc.boolean()
			}),
			{ minLength: 1, maxLength: most.cohorts }
		),
		mixing: fc.nat(2),
		shares: fc.array(fc.record({ cohort: fc.nat(2), unit: fc.nat(1), most: fc.nat(2) }), { maxLength: 2 })
	});

function problemOf(it: Drawn, withHand: boolean): Problem {
	const staff = it.units.map((unit, u) =>
		Array.from({ length: unit.staff }, (_, n): Member => ({
			personId: `u${u}-${n}`,
			postTitle: n < unit.nurses ? 'Perawat Terampil' : 'Pengadministrasi'
		}))
	);
	const away: Away[] = [];
	const people = new Map<string, Nominee>();
	const nominated = new Set(it.nominees.map(({ unit, member }) => staff[unit]?.[member]?.personId));
	/** Somebody of the staff who is not to learn there, or nobody of theirs. */
	const teacherOf = ({ teacher }: { teacher: number }): string => {
		const id = staff[teacher % 2]?.[Math.floor(teacher / 2)]?.personId;
		return id === undefined || nominated.has(id) ? 'guest' : id;
	};
	const cohorts = it.cohorts.map(({ seats, slots, wants }, c): Cohort => {
		// A class whose hours are fixed and that still has to get a room: its slots differ by room and place alone.
		const spansOf = ({ day, late }: { day: number; late: boolean }) => [
			{ day: DAYS[day] ?? '', ...(late ? AFTERNOON : MORNING) }
		];
		const [hours] = slots.map(spansOf);
		const rooms = [...new Map(slots.map((slot) => [slot.room, slot])).values()];
		return {
			id: `c${c}`,
			seats,
			slots: (wants ? rooms : slots).map((slot, s): Slot => ({
				id: `c${c}-${s}`,
				spans: wants && hours ? hours : spansOf(slot),
				seats: 3,
				placeId: String(slot.place),
				roomId: wants || slots.length > 1 ? String(slot.room) : null,
				facilitatorId: wants || slots.length > 1 ? teacherOf(slot) : null
			})),
			...(wants && hours
				? {
						wants: {
							spans: hours,
							rooms: rooms.map(({ room }) => String(room)),
							facilitators: rooms.map(teacherOf)
						}
					}
				: {})
		};
	});
	const fixed: Record<string, string> = {};
	for (const { unit, member, gap, never, leave, wish, fixed: hand } of it.nominees) {
		const member_ = staff[unit]?.[member];
		if (!member_ || people.has(member_.personId)) continue;
		const gone = leave < 3 ? [{ day: DAYS[leave] ?? '', from: 0, to: 1440 }] : [];
		away.push(...gone.map((span) => ({ ...span, personId: member_.personId, why: 'leave' as const })));
		const about = cohorts[wish % cohorts.length]?.id ?? '';
		people.set(member_.personId, {
			id: member_.personId,
			unitId: String(unit),
			gap,
			neverSent: never,
			away: gone,
			wishes: wish < 2 ? { [about]: 'forbidden' } : wish < 5 ? { [about]: 'wanted' } : {}
		});
		if (withHand && hand && cohorts.some((one) => one.id === about && !chooses(one)))
			fixed[member_.personId] = about;
	}
	const counters = it.units.flatMap(({ counter, clinic }, u) =>
		DAYS.flatMap((day) =>
			countersOf(
				String(u),
				day,
				[
					{ roleName: 'Petugas loket', weekdays: 127, from: 480, to: 960, people: counter },
					{ roleName: 'Perawat jaga', weekdays: 127, from: 480, to: 840, people: clinic }
				].filter((need) => need.people > 0),
				staff[u] ?? [],
				[MORNING.to, AFTERNOON.from]
			)
		)
	);
	return {
		people: [...people.values()],
		cohorts,
		counters,
		away,
		mixing: MIXINGS[it.mixing] ?? 'free',
		shares: it.shares.map(({ cohort, unit, most }, at) => ({
			id: String(at),
			cohortId: `c${cohort}`,
			most,
			people: new Set(staff[unit]?.map(({ personId }) => personId))
		})),
		fixed,
		distance: (unitId, placeId) => (unitId === placeId ? 0 : 2)
	};
}

/** The best of every assignment there is, found by trying all of them. */
function bruteForce(problem: Problem): number {
	let best = 0;
	const choose = (index: number, slots: Record<string, string>): void => {
		const cohort = problem.cohorts[index];
		if (!cohort) {
			const assignment = { places: { ...problem.fixed }, slots };
			if (violationsOf(problem, assignment).length === 0) seat(0, assignment);
			return;
		}
		if (chooses(cohort)) choose(index + 1, slots);
		for (const slot of cohort.slots) {
			const taken = problem.cohorts.flatMap((one) => one.slots.filter(({ id }) => id === slots[one.id]));
			const clashes = taken.some((other) => excludes(slot, other));
			if (!clashes) choose(index + 1, { ...slots, [cohort.id]: slot.id });
		}
	};
	const seat = (index: number, assignment: Assignment): void => {
		const person = problem.people[index];
		if (!person) return void (best = Math.max(best, worthOf(problem, assignment)));
		seat(index + 1, assignment);
		if (problem.fixed[person.id] !== undefined) return;
		const room = roomFor(problem, assignment);
		for (const { id } of problem.cohorts)
			if (assignment.slots[id] !== undefined && room.reasons(person, id).length === 0)
				seat(index + 1, { ...assignment, places: { ...assignment.places, [person.id]: id } });
	};
	choose(0, {});
	return best;
}

const solved = (problem: Problem) =>
	withSolver((solve) => splitCohorts(problem, solve, { seconds: 20, gap: 0.01, clock: () => 0 }));

describe('the split', () => {
	test('equals the best of all assignments on small cases', async () => {
		await withSolver(async (solve) => {
			await fc.assert(
				fc.asyncProperty(drawn({ people: 5, cohorts: 3, slots: 2 }), async (it) => {
					const problem = problemOf(it, false);
					const split = await splitCohorts(problem, solve, { seconds: 20, gap: 0, clock: () => 0 });
					expect(violationsOf(problem, split)).toEqual([]);
					expect(split.worth).toBe(bruteForce(problem));
					expect(split.bound).toBeCloseTo(split.worth, 3);
				}),
				{ numRuns: 60 }
			);
		});
	}, 60_000);

	test('breaks no minimum that was kept, no seat limit, places nobody twice and leaves what was fixed by hand', async () => {
		await withSolver(async (solve) => {
			await fc.assert(
				fc.asyncProperty(drawn({ people: 10, cohorts: 4, slots: 1 }), async (it) => {
					const problem = problemOf(it, true);
					const split = await splitCohorts(problem, solve, { seconds: 20, gap: 0.01, clock: () => 0 });
					expect(violationsOf(problem, split)).toEqual([]);
					for (const [id, cohortId] of Object.entries(problem.fixed)) expect(split.places[id]).toBe(cohortId);
					const byHand = roomFor(problem, { ...split, places: problem.fixed }).broken();
					expect(
						roomFor(problem, split)
							.broken()
							.map(({ counter }) => counter)
					).toEqual(byHand.map(({ counter }) => counter));
					for (const cohort of problem.cohorts) {
						const sitting = Object.values(split.places).filter((id) => id === cohort.id).length;
						const hand = Object.values(problem.fixed).filter((id) => id === cohort.id).length;
						expect(sitting).toBeLessThanOrEqual(Math.max(cohort.seats, hand));
					}
				}),
				{ numRuns: 80 }
			);
		});
	}, 60_000);

	test('in steps, as a large problem is solved, breaks no rule and never claims a bound below the best', async () => {
		await withSolver(async (solve) => {
			await fc.assert(
				fc.asyncProperty(drawn({ people: 6, cohorts: 3, slots: 2 }), async (it) => {
					const problem = problemOf(it, false);
					const limits = { seconds: 20, gap: 0.01, clock: () => 0 };
					const split = await splitCohorts(problem, solve, { ...limits, small: 0 });
					const best = await splitCohorts(problem, solve, { ...limits, gap: 0 });
					expect(violationsOf(problem, split)).toEqual([]);
					expect(split.bound).toBeGreaterThanOrEqual(best.worth - 1e-3);
					expect(split.worth).toBeLessThanOrEqual(best.worth);
				}),
				{ numRuns: 60 }
			);
		});
	}, 60_000);

	test('is the same each time', async () => {
		const [it] = fc.sample(drawn({ people: 10, cohorts: 4, slots: 2 }), { numRuns: 1, seed: 7 });
		const problem = problemOf(it ?? { units: [], nominees: [], cohorts: [], mixing: 0, shares: [] }, true);
		const [first, second] = [await solved(problem), await solved(problem)];
		expect(second.places).toEqual(first.places);
	}, 60_000);

	test('the relaxation of the hours is worth at least as much as the best split', async () => {
		await withSolver(async (solve) => {
			await fc.assert(
				fc.asyncProperty(drawn({ people: 6, cohorts: 3, slots: 2 }), async (it) => {
					const problem = problemOf({ ...it, mixing: 0 }, false);
					const { program } = hoursProgram(problem, frameOf(problem));
					const relaxed = await solve(program, { whole: 'none', seconds: 20, gap: 0 });
					const split = await splitCohorts(problem, solve, { seconds: 20, gap: 0, clock: () => 0 });
					expect(relaxed.bound).toBeGreaterThanOrEqual(split.worth - 1e-4);
				}),
				{ numRuns: 40 }
			);
		});
	}, 60_000);
});

/** Found by chance: who stands in for the nominee frees the colleague of the same unit who is to teach. */
const FACILITATOR_FREED = {
	units: [
		{ staff: 5, nurses: 1, counter: 3, clinic: 2 },
		{ staff: 1, nurses: 0, counter: 0, clinic: 0 }
	],
	nominees: [{ unit: 0, member: 0, gap: 0, never: false, leave: 1, wish: 1, fixed: false }],
	cohorts: [
		{ seats: 0, slots: [{ day: 0, late: false, place: 0, room: 0, teacher: 2 }], wants: true },
		{ seats: 0, slots: [{ day: 0, late: false, place: 0, room: 0, teacher: 0 }], wants: false }
	],
	mixing: 0,
	shares: []
};

describe('whoever has no place', () => {
	test('is told a change that is enough, and none when a smaller one would do', async () => {
		await withSolver(async (solve) => {
			await fc.assert(
				fc.asyncProperty(drawn({ people: 10, cohorts: 3, slots: 1 }), async (it) => {
					const problem = problemOf(it, false);
					const split = await splitCohorts(problem, solve, { seconds: 20, gap: 0, clock: () => 0 });
					for (const { personId, cohortId, changes } of explainUnplaced(problem, split)) {
						const person = problem.people.find(({ id }) => id === personId);
						if (!person || cohortId === null) continue;
						const after = (made: typeof changes) => {
							const then = changed(problem, made);
							// Everybody else stays: a class without anybody that could now be taught keeps its people at their counters.
							const at = split.slots[cohortId] ?? withFreeSlots(then, split)[cohortId];
							const slots = { ...split.slots, ...(at === undefined ? {} : { [cohortId]: at }) };
							return roomFor(then, { ...split, slots }).reasons(person, cohortId);
						};
						expect(after(changes)).toEqual([]);
						for (const [index] of changes.entries())
							expect(after(changes.toSpliced(index, 1))).not.toEqual([]);
					}
				}),
				{ numRuns: 80, examples: [[FACILITATOR_FREED]] }
			);
		});
	}, 60_000);
});
