import { sql, type Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';
import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import { say } from '#platform/i18n/say.server.ts';
import { log } from '#platform/log/log.ts';
import { mailer } from '#platform/mail/mail.ts';
import { run } from '#platform/work/run.ts';
import { remindNeeds, type Reminded } from '#slices/needs/public.server.ts';
import { systemActor } from './actor.ts';

const EVERY_MS = 3_600_000;
/** Nobody is written to at night: from eight in the agency's own morning. */
const FROM_HOUR = 8;

/**
 * Looks every hour whom the open campaigns still wait for and writes to them, once a day each. Does nothing at all
 * where no mail is sent. Returns how to stop it. `worker` may list agencies, `app` acts in one.
 */
export function startReminders(worker: Kysely<DB>, app: Kysely<DB>): () => void {
	const timer = setInterval(() => void remindAll(worker, app).catch(failed), EVERY_MS);
	timer.unref();
	return () => clearInterval(timer);
}

const failed = (error: unknown) => log.error({ err: error }, 'reminders failed');

/** Returns how many letters were handed over. */
export async function remindAll(worker: Kysely<DB>, app: Kysely<DB>, now = new Date()): Promise<number> {
	const send = mailer();
	if (send === null) return 0;
	const { rows } = await sql<{ id: string; hour: number }>`
		select agency_id as id, extract(hour from ${now}::timestamptz at time zone time_zone)::int as hour from platform.agency`.execute(
		worker
	);
	let sent = 0;
	for (const { id, hour } of rows) {
		if (hour < FROM_HOUR) continue;
		const { letters } = await run(remindNeeds, { actor: systemActor(id), input: {}, now, kysely: app });
		for (const letter of letters) {
			// Marked as reminded already: a letter that is lost is better than one that comes every hour.
			await send({ to: letter.email, subject: subjectOf(letter), text: textOf(letter) }).then(
				() => (sent += 1),
				failed
			);
		}
	}
	return sent;
}

const subjectOf = (letter: Reminded): string => say('needs.mail.subject', { campaign: letter.campaign });

const textOf = ({ name, campaign, closesOn, own, others }: Reminded): string =>
	[
		say('needs.mail.greeting', { name }),
		own > 0 ? say('needs.mail.own', { campaign, closesOn: formatDate(closesOn) }) : '',
		others > 0
			? say('needs.mail.others', { campaign, count: formatNumber(others), closesOn: formatDate(closesOn) })
			: '',
		say('needs.mail.end')
	]
		.filter((line) => line !== '')
		.join('\n\n');
