import type { Kysely } from 'kysely';
import { todayIn } from '#kernel/time.ts';
import type { DB } from '#platform/db/db.ts';
import { log } from '#platform/log/log.ts';
import { run } from '#platform/work/run.ts';
import { reassignPlans, turnFollowUpDay } from '#slices/followup/public.server.ts';
import { turnDay } from '#slices/people/public.server.ts';
import { systemActor } from './actor.ts';
import { allAgencies } from './agencies.ts';

const LOOK_MS = 30_000;

/**
 * Begins the day of every agency whose calendar has turned since it was last begun, at its own midnight (WIB, WITA, WIT).
 * The day is the command's key, so that several processes and any number of starts begin it once. `worker` sees all
 * agencies; answers how many days it asked for.
 */
export async function beginDays(
	worker: Kysely<DB>,
	app: Kysely<DB>,
	begun: Map<string, string>,
	now = new Date()
): Promise<number> {
	let asked = 0;
	for (const { id, zone } of await allAgencies(worker)) {
		const today = todayIn(zone, now);
		if (begun.get(id) === today) continue;
		try {
			const asks = { actor: systemActor(id), input: {}, kysely: app, now };
			await run(turnDay, { ...asks, key: `day:${today}` });
			// After the day's movements: whom plans and evaluations go to follows from them.
			await run(reassignPlans, { ...asks, key: `reassign:${today}` });
			await run(turnFollowUpDay, { ...asks, key: `followup:${today}` });
			begun.set(id, today);
			asked += 1;
		} catch (error) {
			log.error({ err: error, agencyId: id, today }, 'day not begun');
		}
	}
	return asked;
}

/** Looks now and every half minute, until stopped. */
export function startDays(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	const begun = new Map<string, string>();
	let running: Promise<unknown> | undefined;
	const look = (): void => {
		running ??= beginDays(worker, app, begun)
			.catch((error: unknown) => log.error({ err: error }, 'days'))
			.finally(() => (running = undefined));
	};
	const timer = setInterval(look, LOOK_MS);
	timer.unref();
	look();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
