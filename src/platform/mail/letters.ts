import { sql, type RawBuilder } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { hasDevice } from '#platform/push/subscriptions.ts';
import { HOLDS_ALL } from './mail.ts';
import type { Channel } from './turns.ts';

type PutDown = {
	agencyId: string;
	/** Name in src/app/server/letters.ts; for push in src/app/server/pushes.ts. */
	kind: string;
	aboutId: string;
	personIds: readonly string[];
	now: Date;
	/** Not before; in quiet hours, when they end. */
	nextAt?: Date;
	/** Given up when it has not gone by then. A push is at the latest a day after it might have gone: yesterday's news. */
	expiresAt: Date;
	channel?: Channel;
};

const PUSH_LIFE_MS = 24 * 3_600_000;

/**
 * Puts letters down in the transaction of the command that asked for them: both happen or neither, and nothing waits for
 * a server. What still waits is not put down again; answers how many were.
 */
export async function putDownLetters(
	tx: Tx,
	{ agencyId, kind, aboutId, personIds, now, nextAt = now, expiresAt, channel = 'mail' }: PutDown
): Promise<number> {
	if (personIds.length === 0) return 0;
	const life = nextAt.getTime() + PUSH_LIFE_MS;
	const until = channel === 'push' && life < expiresAt.getTime() ? new Date(life) : expiresAt;
	const { numAffectedRows } = await sql`
		insert into platform.letter (agency_id, id, kind, about_id, person_id, next_at, expires_at, created_at, channel)
		select ${agencyId}, l.id, ${kind}, ${aboutId}, l.person_id, ${nextAt}, ${until}, ${now}, ${channel}
		from unnest(${personIds.map(() => newId())}::uuid[], ${personIds}::uuid[]) as l (id, person_id)
		on conflict do nothing`.execute(tx);
	return Number(numAffectedRows ?? 0n);
}

type PutDownOf = {
	agencyId: string;
	kind: string;
	/** A select of `(about_id, person_id, next_at, expires_at)`: each has its own time to begin and to end. */
	rows: RawBuilder<unknown>;
	now: Date;
	channel?: Channel;
};

/**
 * The same for letters that are each about something of their own, or wait until their reader is awake. By push only for
 * whoever turned it on somewhere.
 */
export async function putDownLettersOf(
	tx: Tx,
	{ agencyId, kind, rows, now, channel = 'mail' }: PutDownOf
): Promise<number> {
	const push = channel === 'push';
	const until = push
		? sql`least(r.expires_at, r.next_at + make_interval(secs => ${sql.lit(PUSH_LIFE_MS / 1000)}))`
		: sql`r.expires_at`;
	const { numAffectedRows } = await sql`
		insert into platform.letter (agency_id, id, kind, about_id, person_id, next_at, expires_at, created_at, channel)
		select ${agencyId}, gen_random_uuid(), ${kind}, r.about_id, r.person_id, r.next_at, ${until}, ${now}, ${channel}
		from (${rows}) r ${push ? sql`where ${hasDevice(sql`r.person_id`)}` : sql``}
		on conflict do nothing`.execute(tx);
	return Number(numAffectedRows ?? 0n);
}

export type LettersAbout = {
	waiting: number;
	sent: number;
	failed: number;
	/** Letters whose last try failed and which are tried again; null: there are none. */
	trouble: {
		/** Message key; what holds up all letters before what holds up one. */
		why: string;
		holdsAll: boolean;
		letters: number;
		/** When the oldest of them was put down. */
		since: Date;
	} | null;
};

/** How the letters by e-mail about one thing are getting on. Asks nobody's permission; the calling room decides who sees it. */
export async function lettersAbout(db: Db, kind: string, aboutId: string): Promise<LettersAbout> {
	const { rows } = await sql<{
		waiting: number;
		sent: number;
		failed: number;
		letters: number;
		why: string | null;
		since: Date | null;
	}>`
		select (count(*) filter (where status = 'waiting'))::int as waiting, (count(*) filter (where status = 'sent'))::int as sent,
			(count(*) filter (where status = 'failed'))::int as failed,
			(count(*) filter (where status = 'waiting' and error is not null))::int as letters,
			(array_agg(error order by error = any(${HOLDS_ALL}) desc, next_at desc) filter (where status = 'waiting' and error is not null))[1] as why,
			min(created_at) filter (where status = 'waiting' and error is not null) as since
		from platform.letter
		where agency_id = (select platform.current_agency()) and kind = ${kind} and about_id = ${aboutId} and channel = 'mail'`.execute(
		db
	);
	const [row] = rows;
	if (row === undefined) return { waiting: 0, sent: 0, failed: 0, trouble: null };
	const { why, since, letters, ...counts } = row;
	const trouble =
		why === null || since === null ? null : { why, since, letters, holdsAll: HOLDS_ALL.includes(why) };
	return { ...counts, trouble };
}
