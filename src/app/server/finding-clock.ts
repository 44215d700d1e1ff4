import type { Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';
import { studiesNotYetFound, verdictsOf } from '#slices/impact/public.server.ts';
import { allAgencies } from './agencies.ts';
import { turning } from './turning.ts';

const LOOK_MS = 60_000;

/**
 * At the start and every minute: what studies found is worked out anew where its figures were written, so that whoever opens
 * a page first does not wait for it. Each process does so for itself, because findings are kept in its memory alone.
 */
export function startFindingClock(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	return turning('findings', LOOK_MS, () => findAhead(worker, app), { atOnce: true });
}

/** `worker` may list agencies, `app` reads one; a study at a time, so that others are answered between. Answers how many. */
export async function findAhead(worker: Kysely<DB>, app: Kysely<DB>): Promise<number> {
	let found = 0;
	for (const { id } of await allAgencies(worker))
		for (const studyId of await reading(id, studiesNotYetFound, app)) {
			// One study's trouble is not the next one's.
			await reading(id, (db) => verdictsOf(db, { studyIds: [studyId] }), app).then(
				() => (found += 1),
				(error: unknown) => log.error({ err: error, agencyId: id, studyId }, 'study not found ahead')
			);
		}
	return found;
}
