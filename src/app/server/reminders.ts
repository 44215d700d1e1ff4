import { sql, type Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';
import { log } from '#platform/log/log.ts';
import { mailer } from '#platform/mail/mail.ts';
import { run } from '#platform/work/run.ts';
import { remindNeeds } from '#slices/needs/public.server.ts';
import { systemActor } from './actor.ts';

const EVERY_MS = 3_600_000;
/** Nobody is written to at night: from eight in the agency's own morning. */
const FROM_HOUR = 8;

/**
 * Looks every hour whom the open campaigns still wait for and puts letters down for them, once a day each. Does nothing
 * at all where no mail is sent. Returns how to stop it. `worker` may list agencies, `app` acts in one.
 */
export function startReminders(worker: Kysely<DB>, app: Kysely<DB>): () => void {
	const timer = setInterval(() => void remindAll(worker, app).catch(failed), EVERY_MS);
	timer.unref();
	return () => clearInterval(timer);
}

const failed = (error: unknown) => log.error({ err: error }, 'reminders failed');

/** Returns how many letters were put down. */
export async function remindAll(worker: Kysely<DB>, app: Kysely<DB>, now = new Date()): Promise<number> {
	if (mailer() === null) return 0;
	const { rows } = await sql<{ id: string; hour: number }>`
		select agency_id as id, extract(hour from ${now}::timestamptz at time zone time_zone)::int as hour from platform.agency`.execute(
		worker
	);
	let letters = 0;
	for (const { id, hour } of rows) {
		if (hour < FROM_HOUR) continue;
		// One agency's trouble is not the next one's.
		await run(remindNeeds, { actor: systemActor(id), input: {}, now, kysely: app }).then(
			({ byEmail }) => (letters += byEmail),
			failed
		);
	}
	return letters;
}
