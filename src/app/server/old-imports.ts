import type { Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';
import { log } from '#platform/log/log.ts';
import { run } from '#platform/work/run.ts';
import { expireImports } from '#slices/people/server/commands/expire-imports.ts';
import { systemActor } from './actor.ts';
import { allAgencies } from './agencies.ts';

const HOUR_MS = 3_600_000;

/** Lets every agency forget its old dry runs. `worker` sees all agencies; the hour is the command's key, so that several processes do it once. */
export async function forgetOldImports(worker: Kysely<DB>, app: Kysely<DB>, now = new Date()): Promise<void> {
	const hour = now.toISOString().slice(0, 13);
	for (const { id } of await allAgencies(worker)) {
		try {
			await run(expireImports, {
				actor: systemActor(id),
				input: {},
				key: `imports:${hour}`,
				kysely: app,
				now
			});
		} catch (error) {
			log.error({ err: error, agencyId: id }, 'old imports not forgotten');
		}
	}
}

/** Now and every hour, until stopped. */
export function startForgetting(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	let running: Promise<unknown> | undefined;
	const look = (): void => {
		running ??= forgetOldImports(worker, app)
			.catch((error: unknown) => log.error({ err: error }, 'old imports'))
			.finally(() => (running = undefined));
	};
	const timer = setInterval(look, HOUR_MS);
	timer.unref();
	look();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
