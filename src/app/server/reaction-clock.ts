import type { Kysely } from 'kysely';
import { todayIn } from '#kernel/time.ts';
import type { DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';
import { run } from '#platform/work/run.ts';
import { openReactions, reactionsToOpen } from '#slices/evaluation/public.server.ts';
import { systemActor } from './actor.ts';
import { allAgencies } from './agencies.ts';
import { turning } from './turning.ts';

const LOOK_MS = 60_000;

/** Every minute: reactions of classes and sessions that take no more are opened together. The lock of the class lets one process act. */
export function startReactionClock(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	return turning('reactions', LOOK_MS, () => openClosed(worker, app));
}

/** `worker` may list agencies, `app` acts in one; answers how many forms were opened. */
export async function openClosed(worker: Kysely<DB>, app: Kysely<DB>, now = new Date()): Promise<number> {
	let opened = 0;
	for (const { id, zone } of await allAgencies(worker))
		for (const form of await reading(id, (db) => reactionsToOpen(db, now, todayIn(zone, now)), app)) {
			const input = form.sessionId === null ? { classId: form.classId } : form;
			// One class's trouble is not the next one's.
			await run(openReactions, { actor: systemActor(id), input, kysely: app, now }).then(
				() => (opened += 1),
				(error: unknown) => log.error({ err: error, agencyId: id, ...form }, 'reactions not opened')
			);
		}
	return opened;
}
