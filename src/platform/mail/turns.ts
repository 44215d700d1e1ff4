import { sql, type Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';

/** The ways a letter goes. Each is carried by a loop of its own: one that is held up does not hold up the other. */
export type Channel = 'mail' | 'push';

/** Whom and what a letter of one kind is about. */
export type LetterTo = { personId: string; aboutId: string };

export type Taken = LetterTo & {
	agencyId: string;
	id: string;
	kind: string;
	attempts: number;
	/** Devices that have it already. */
	reached: string[];
	expiresAt: Date;
	/** Why the last try failed. */
	error: string | null;
	late: boolean;
};

const MINUTE_MS = 60_000;
/** Longer than any try takes: after that a letter belonged to a process that died. */
const TAKEN_MS = 10 * MINUTE_MS;
const growing = (first: number, most: number, times: number): number =>
	Math.min(most, first * 2 ** Math.min(times - 1, 20));
export const pauseOfServer = (failures: number) => growing(MINUTE_MS, 60 * MINUTE_MS, failures);
export const pauseOfLetter = (attempts: number) => growing(5 * MINUTE_MS, 360 * MINUTE_MS, attempts);

/** Whoever takes it has it for ten minutes; others pass it by. */
export async function take(worker: Kysely<DB>, channel: Channel, now: Date): Promise<Taken | undefined> {
	const { rows } = await sql<Taken>`
		with due as (
			select agency_id, id from platform.letter
			where status = 'waiting' and channel = ${channel} and next_at <= ${now}
			order by next_at, created_at limit 1 for update skip locked
		)
		update platform.letter l set attempts = l.attempts + 1, next_at = ${new Date(now.getTime() + TAKEN_MS)}
		from due where l.agency_id = due.agency_id and l.id = due.id
		returning l.agency_id as "agencyId", l.id, l.kind, l.about_id as "aboutId", l.person_id as "personId", l.attempts,
			l.reached::text[] as reached, l.expires_at as "expiresAt", l.error, l.expires_at <= ${now} as late`.execute(
		worker
	);
	return rows[0];
}

type Ending = { status: 'sent' | 'failed' | 'dropped'; error?: string; hash?: string | null; now: Date };

/** Why the last try failed stays said when its time ran out. */
export const finish = (worker: Kysely<DB>, { agencyId, id }: Taken, { status, error, hash, now }: Ending) =>
	sql`
		update platform.letter set status = ${status}, finished_at = ${now}, refused_hash = ${hash ?? null},
			error = case when ${status} = 'failed' then coalesce(${error ?? null}, error, 'platform.mail.late') end
		where agency_id = ${agencyId} and id = ${id} and status = 'waiting'`.execute(worker);

export const again = (worker: Kysely<DB>, { agencyId, id }: Taken, why: string, next: Date) =>
	sql`
		update platform.letter set error = ${why}, next_at = ${next}
		where agency_id = ${agencyId} and id = ${id} and status = 'waiting'`.execute(worker);

/** Nobody asks after half a year who was written to on which day. */
export const forgetLetters = (worker: Kysely<DB>, now = new Date()) =>
	sql`delete from platform.letter where finished_at < ${now}::timestamptz - interval '180 days'`.execute(
		worker
	);
