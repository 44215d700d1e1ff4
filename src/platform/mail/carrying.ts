import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { DB, Db } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';
import { HOLDS_ALL, type Carried, type Letter, type Mailer } from './mail.ts';
import { again, finish, pauseOfLetter, pauseOfServer, take, type LetterTo, type Taken } from './turns.ts';

export type { LetterTo } from './turns.ts';

/** Writes a letter when it is its turn; null: it is no longer needed. */
export type LetterKind = (db: Db, to: LetterTo) => Promise<Omit<Letter, 'id'> | null>;
export type LetterKinds = Readonly<Record<string, LetterKind>>;

export type Carrier = { worker: Kysely<DB>; app: Kysely<DB>; kinds: LetterKinds; send: Mailer };

export type Step = Carried['outcome'] | 'dropped' | 'late' | 'nothing' | 'paused';

/**
 * Carries one letter by e-mail at each call, whose turn is longest due. A server that is away is asked again after a
 * minute, then after twice as long each time up to an hour, with whichever letter: not once for each of a city's people.
 * Taking the letter and writing down how it went are two short transactions, and between them none is open. `worker`
 * sees the letters of all agencies, `app` reads in one.
 */
export function carrying({ worker, app, kinds, send }: Carrier): (now?: Date) => Promise<Step> {
	let failures = 0;
	let pausedUntil = 0;
	// A process that has just begun does not know what the one before it wrote down.
	let saidAway = true;
	return async (now = new Date()) => {
		if (now.getTime() < pausedUntil) return 'paused';
		const taken = await take(worker, 'mail', now);
		if (taken === undefined) return 'nothing';
		if (taken.late) {
			await finish(worker, taken, { status: 'failed', now });
			return 'late';
		}
		const { carried, hash } = await write(taken);
		if (carried === null) {
			await finish(worker, taken, { status: 'dropped', now });
			return 'dropped';
		}
		failures = carried.outcome === 'away' ? failures + 1 : 0;
		saidAway ||= carried.outcome === 'away';
		if (carried.outcome === 'sent') {
			await finish(worker, taken, { status: 'sent', now });
			if (saidAway) await isBack(worker);
			saidAway = false;
		} else if (carried.outcome === 'refused')
			await finish(worker, taken, { status: 'failed', error: carried.why, hash, now });
		else {
			const pause = carried.outcome === 'away' ? pauseOfServer(failures) : pauseOfLetter(taken.attempts);
			const next = new Date(now.getTime() + pause);
			if (carried.outcome === 'away') pausedUntil = next.getTime();
			await again(worker, taken, carried.why, next);
		}
		return carried.outcome;
	};

	async function write({ agencyId, id, kind, personId, aboutId }: Taken) {
		try {
			const compose = kinds[kind];
			if (!compose) throw new Error(`Nobody writes letters of kind ${kind}`);
			const letter = await reading(agencyId, (db) => compose(db, { personId, aboutId }), app);
			if (letter === null) return { carried: null, hash: null };
			return { carried: await send({ id, ...letter }), hash: sha256(letter.to.address) };
		} catch (error) {
			// A bug of ours in one letter must not hold up the others.
			log.error({ err: error, letterId: id, kind }, 'letter not written');
			const carried: Carried = { outcome: 'later', why: 'platform.mail.ours' };
			return { carried, hash: null };
		}
	}
}

/** As `sha256(convert_to(address, 'UTF8'))` in the database. */
const sha256 = (address: string): string => createHash('sha256').update(address).digest('hex');

/** The letters it was tried with may wait behind thousands; they do not go on saying that the server is away. */
const isBack = (worker: Kysely<DB>) =>
	sql`update platform.letter set error = null where status = 'waiting' and channel = 'mail' and error = any(${HOLDS_ALL})`.execute(
		worker
	);
