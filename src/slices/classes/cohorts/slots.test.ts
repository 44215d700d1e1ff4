import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withSolver } from '../server/cohorts/solver.ts';
import { violationsOf } from './check.ts';
import { explainUnplaced } from './explain.ts';
import type { Assignment, Nominee, Problem } from './problem.ts';
import { cohortsWanting, type Teacher, type Wanting } from './slots.ts';
import { splitCohorts } from './solve.ts';

const DAYS = ['2027-03-01', '2027-03-02', '2027-03-03'];
const MORNING = { from: 480, to: 720 };
const solved = (problem: Problem) =>
	withSolver((solve) => splitCohorts(problem, solve, { seconds: 20, gap: 0.01, clock: () => 0 }));

describe('rooms and facilitators', () => {
	const teachers = (...ids: string[]): Teacher[] => ids.map((id) => ({ id, atCounter: false }));
	const hours = (day: number) => [{ day: DAYS[day] ?? '', ...MORNING }];
	const wanting = (id: string, day: number, more: Partial<Wanting> = {}): Wanting => ({
		id,
		seats: 5,
		spans: hours(day),
		rooms: ['a', 'b'].map((room) => ({ id: room, placeId: null, zone: '' })),
		facilitators: teachers('x', 'y', 'z'),
		placeId: null,
		roomId: null,
		facilitatorId: null,
		...more
	});
	const asked = (classes: readonly Wanting[]): Problem => ({
		people: Array.from({ length: 20 }, (_, n): Nominee => ({
			id: `p${String(n).padStart(2, '0')}`,
			unitId: 'u',
			gap: 1,
			neverSent: false,
			away: [],
			wishes: {}
		})),
		cohorts: cohortsWanting(classes),
		counters: [],
		away: [],
		mixing: 'free',
		shares: [],
		fixed: {},
		distance: () => 0
	});
	const heldIn = (problem: Problem, slots: Assignment['slots']) =>
		problem.cohorts.flatMap((one) => one.slots.filter(({ id }) => id === slots[one.id]));

	test('go to each class once at an hour, and whoever finds none is told which is lacking', async () => {
		const problem = asked([wanting('c0', 0), wanting('c1', 0), wanting('c2', 0), wanting('c3', 1)]);
		const split = await solved(problem);
		expect(violationsOf(problem, split)).toEqual([]);
		// Two rooms for three classes of one morning; the class of the next day has its own.
		expect(Object.keys(split.places)).toHaveLength(15);
		expect(
			new Set(heldIn(problem, split.slots).map(({ roomId, spans }) => `${roomId} ${spans[0]?.day}`)).size
		).toBe(3);
		const [without] = explainUnplaced(problem, split);
		expect(without?.reasons.map(({ kind }) => kind)).toEqual(['noRoom']);
		expect(without?.changes).toEqual([{ kind: 'room', cohortId: without?.cohortId, seats: 5, hours: 4 }]);
	});

	test('two things that lack are both told', async () => {
		const [facilitators, rooms] = [[], []];
		const problem = asked([wanting('c0', 0, { facilitators, rooms })]);
		const split = await solved(problem);
		expect(split.places).toEqual({});
		const [without] = explainUnplaced(problem, split);
		expect(without?.changes.map(({ kind }) => kind)).toEqual(['room', 'facilitator']);
	});

	test('what people chose stays, and the others make way', async () => {
		const problem = asked([wanting('c0', 0), wanting('c1', 0, { roomId: 'a', facilitatorId: 'x' })]);
		const split = await solved(problem);
		expect(heldIn(problem, split.slots)).toMatchObject([
			{ roomId: 'b', facilitatorId: 'y' },
			{ roomId: 'a', facilitatorId: 'x' }
		]);
	});

	test('whoever stands at a counter is offered only as far as there are too few others', () => {
		const served = (...ids: string[]): Teacher[] => ids.map((id) => ({ id, atCounter: id < 'x' }));
		const offered = (all: Teacher[]) =>
			cohortsWanting([wanting('c0', 0, { facilitators: all }), wanting('c1', 0)])[0]?.slots.map(
				({ facilitatorId }) => facilitatorId
			);
		// Two are enough, beside one other class at these hours, and there are two rooms.
		expect(new Set(offered(served('a', 'b', 'x', 'y', 'z')))).toEqual(new Set(['x', 'y']));
		expect(new Set(offered(served('a', 'b', 'x')))).toEqual(new Set(['x', 'a', 'b']));
	});

	test('offered to a class are no more than can matter, and nothing is lost by that', async () => {
		await withSolver(async (solve) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(
						fc.record({
							day: fc.nat(1),
							rooms: fc.subarray(['a', 'b', 'c', 'd']),
							facilitators: fc.subarray(['x', 'y', 'z'])
						}),
						{ minLength: 1, maxLength: 4 }
					),
					async (drawnClasses) => {
						const classes = drawnClasses.map(({ day, rooms, facilitators }, n) =>
							wanting(`c${n}`, day, {
								rooms: rooms.map((id) => ({ id, placeId: null, zone: '' })),
								facilitators: teachers(...facilitators)
							})
						);
						const few = asked(classes);
						const all: Problem = {
							...few,
							cohorts: few.cohorts.map((one, n) => ({
								...one,
								slots: (drawnClasses[n]?.rooms ?? []).flatMap((roomId) =>
									(drawnClasses[n]?.facilitators ?? []).map((facilitatorId) => ({
										id: `${one.id} ${roomId} ${facilitatorId}`,
										spans: one.wants?.spans ?? [],
										seats: one.seats,
										placeId: null,
										roomId,
										facilitatorId
									}))
								)
							}))
						};
						const limits = { seconds: 20, gap: 0, clock: () => 0 };
						const split = await splitCohorts(few, solve, limits);
						expect(violationsOf(few, split)).toEqual([]);
						expect(split.worth).toBe((await splitCohorts(all, solve, limits)).worth);
					}
				),
				{ numRuns: 60 }
			);
		});
	}, 60_000);
});
