import type { Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';
import { mailer } from '#platform/mail/mail.ts';
import { giveUpLetters } from '#platform/mail/outbox.ts';
import { forgetLetters } from '#platform/mail/turns.ts';
import { run } from '#platform/work/run.ts';
import { dropMoot, forgetNotices, noticesDue, putDownDigests } from '#slices/notices/public.server.ts';
import { systemActor } from './actor.ts';
import { allAgencies } from './agencies.ts';
import { turning } from './turning.ts';

const LOOK_MS = 5 * 60_000;

/**
 * Every five minutes: daily letters to those whose hour has come, and old notices forgotten. Several processes may look at
 * once; a digest is one of its person and day. Returns how to stop it.
 */
export function startNoticeClock(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	return turning('notices', LOOK_MS, () => turnNotices(worker, app));
}

/** `worker` may list agencies, `app` acts in one; answers how many daily letters were put down. */
export async function turnNotices(worker: Kysely<DB>, app: Kysely<DB>, now = new Date()): Promise<number> {
	let letters = 0;
	// What carries letters does all that itself.
	const byHand = mailer() === null;
	if (byHand) {
		await giveUpLetters(worker, now);
		await forgetLetters(worker, now);
	}
	for (const { id } of await allAgencies(worker)) {
		const due = await reading(id, (db) => noticesDue(db, now), app);
		const asks = { actor: systemActor(id), input: {}, kysely: app, now };
		// One agency's trouble is not the next one's.
		const failed = (error: unknown) => log.error({ err: error, agencyId: id }, 'notices not turned');
		if (due.digest) await run(putDownDigests, asks).then((answer) => (letters += answer.letters), failed);
		if (byHand && due.moot) await run(dropMoot, asks).catch(failed);
		if (due.old) await run(forgetNotices, asks).catch(failed);
	}
	return letters;
}
