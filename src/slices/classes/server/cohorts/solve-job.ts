import { performance } from 'node:perf_hooks';
import { reading } from '#platform/db/pools.ts';
import type { JobWork } from '#platform/jobs/worker.ts';
import { run } from '#platform/work/run.ts';
import { OneSplit } from '../../cohort-input.ts';
import { slotOf } from '../../cohorts/problem.ts';
import { splitCohorts } from '../../cohorts/solve.ts';
import { keepSplit } from '../commands/solve-split.ts';
import { loadSplit } from './load-split.ts';
import { withSolver } from './solver.ts';

export const SOLVE_SECONDS = 30;
export const SOLVE_GAP = 0.01;

/** The job: reads the question, solves it outside any transaction, and keeps the answer by its command. */
export async function solveSplitJob({ input, actor, kysely, progress, jobId }: JobWork): Promise<unknown> {
	const { splitId } = OneSplit.parse(input);
	const { problem } = await reading(actor.agencyId, (db) => loadSplit(db, splitId), kysely);
	const people = problem.people.length;
	await progress(0, people);
	const start = performance.now();
	const split = await withSolver((solve) =>
		splitCohorts(problem, solve, {
			seconds: SOLVE_SECONDS,
			gap: SOLVE_GAP,
			clock: () => (performance.now() - start) / 1000,
			told: (share) => progress(Math.floor(share * people), people)
		})
	);
	const places = Object.entries(split.places).map(([personId, classId]) => ({ personId, classId }));
	const given = problem.cohorts.flatMap(({ id, slots }) => {
		const slot = slotOf({ id, seats: 0, slots }, split.slots[id]);
		return slot && (slot.roomId !== null || slot.facilitatorId !== null)
			? [{ classId: id, roomId: slot.roomId, facilitatorId: slot.facilitatorId }]
			: [];
	});
	const kept = await run(keepSplit, {
		actor,
		kysely,
		requestId: jobId,
		// Solved again after a crash it may be another answer: each replaces the one before as a whole.
		input: { splitId, places, given, bound: split.bound, seconds: split.seconds }
	});
	await progress(people, people);
	return kept;
}
