import type { Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';
import { run } from '#platform/work/run.ts';
import { escalateRequests, lapseOffers, seatsDue } from '#slices/classes/public.server.ts';
import { systemActor } from './actor.ts';
import { allAgencies } from './agencies.ts';
import { turning } from './turning.ts';

const LOOK_MS = 60_000;

/**
 * Every minute: offered seats that nobody answered in time go to the next who waits, and requests that a supervisor let
 * lie too long go to the next above. Several processes may look at once; the lock of the class lets one of them act.
 */
export function startSeatClock(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	return turning('seats', LOOK_MS, () => turnSeats(worker, app));
}

/** `worker` may list agencies, `app` acts in one; answers in how many classes and agencies there was something to do. */
export async function turnSeats(
	worker: Kysely<DB>,
	app: Kysely<DB>,
	now = new Date()
): Promise<{ classes: number; agencies: number }> {
	const found = { classes: 0, agencies: 0 };
	for (const { id } of await allAgencies(worker)) {
		const due = await reading(id, (db) => seatsDue(db, now), app);
		const asks = { actor: systemActor(id), kysely: app, now };
		// One agency's trouble is not the next one's.
		const failed = (error: unknown) => log.error({ err: error, agencyId: id }, 'seats not turned');
		for (const classId of due.classes) await run(lapseOffers, { ...asks, input: { classId } }).catch(failed);
		if (due.late) await run(escalateRequests, { ...asks, input: {} }).catch(failed);
		found.classes += due.classes.length;
		found.agencies += due.late ? 1 : 0;
	}
	return found;
}
