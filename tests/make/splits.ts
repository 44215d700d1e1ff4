import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { JobWork } from '#platform/jobs/worker.ts';
import { solveSplitJob } from '#slices/classes/server/cohorts/solve-job.ts';
import { moveInSplit } from '#slices/classes/server/commands/move-in-split.ts';
import { startSplit } from '#slices/classes/server/commands/start-split.ts';
import { splitSheet } from '#slices/classes/server/queries/split-sheet.ts';
import { classroom } from './classroom.ts';

/** A classroom whose people are split over classes by `splitter`, who may also say what counters need. */
export async function splits() {
	const it = await classroom();
	const splitter: Actor = it.as('officer', ['classes.read', 'classes.manage', 'people.staffing'], '');
	const sheet = (splitId: string) => it.sees((db) => splitSheet(db, splitter, splitId));
	/** Class of everybody nominated, by name. */
	const places = async (splitId: string): Promise<Record<string, string | null>> => {
		const { loaded, assignment } = await sheet(splitId);
		return Object.fromEntries(loaded.people.map(({ id, name }) => [name, assignment.places[id] ?? null]));
	};
	return {
		...it,
		splitter,
		sheet,
		places,
		nips: (...names: string[]): string => names.map((name) => it.nip(name)).join(' '),
		start: async (
			classIds: readonly string[],
			names: readonly string[],
			more: object = {}
		): Promise<string> =>
			(
				await it.does(splitter, startSplit, {
					programId: it.need.programId,
					classIds,
					nips: names.map((name) => it.nip(name)).join(' '),
					...more
				})
			).splitId,
		solve: (splitId: string) =>
			solveSplitJob({
				jobId: newId(),
				actor: splitter,
				input: { splitId },
				kysely: it.db,
				progress: async () => undefined
			} satisfies JobWork),
		placed: async (splitId: string): Promise<number> =>
			Object.values(await places(splitId)).filter((at) => at !== null).length,
		moves: (splitId: string, name: string, classId?: string, anyway = false) =>
			it.does(splitter, moveInSplit, {
				splitId,
				personId: it.who(name),
				...(classId ? { classId } : {}),
				anyway
			}),
		/** So many must stand at the counter of a unit from eight to four, every day. */
		needs: (unitId: string, roleName: string, people: number) =>
			it.owner.query(
				`insert into people.minimum_staff (agency_id, id, unit_id, role_name, weekdays, from_time, to_time, people)
				values ($1, $2, $3, $4, 127, '08:00', '16:00', $5)`,
				[it.agencyId, newId(), unitId, roleName, people]
			)
	};
}
