import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB, Tx } from '#platform/db/db.ts';

export const LETTER_STATUSES = ['waiting', 'sent', 'failed', 'dropped'] as const;
export type LetterStatus = (typeof LETTER_STATUSES)[number];
export const letterStatus = (text: string | null): LetterStatus | null =>
	LETTER_STATUSES.find((status) => status === text) ?? null;

/** Said of a letter that somebody sent by hand; a message key like any other reason. */
export const BY_HAND = 'platform.mail.byHand';

/** Sent again, a letter has this long; its kind still says at its turn whether it is needed. */
const GOOD_FOR_DAYS = 3;

/**
 * Lets letters that failed wait again, from now: one, or all of the agency, or all of a kind. Of several about the same thing to the
 * same person one, and none beside one that waits. Answers how many.
 */
export async function resendLetters(
	tx: Tx,
	{ letterId, kind }: { letterId: string | null; kind: string | null },
	now: Date
): Promise<number> {
	const { numAffectedRows } = await sql`
		with chosen as (
			select distinct on (l.kind, l.about_id, l.person_id, l.channel) l.agency_id, l.id from platform.letter l
			where l.agency_id = (select platform.current_agency()) and l.status = 'failed' and (${letterId}::uuid is null or l.id = ${letterId}::uuid)
				and (${kind}::text is null or l.kind = ${kind}::text)
				and not exists (select from platform.letter w where w.agency_id = l.agency_id and w.kind = l.kind and w.about_id = l.about_id
					and w.person_id = l.person_id and w.channel = l.channel and w.status = 'waiting')
			order by l.kind, l.about_id, l.person_id, l.channel, l.created_at desc
		)
		update platform.letter l set status = 'waiting', finished_at = null, error = null, refused_hash = null, attempts = 0, next_at = ${now},
			expires_at = ${now}::timestamptz + make_interval(days => case when l.channel = 'push' then 1 else ${sql.lit(GOOD_FOR_DAYS)} end)
		from chosen c where l.agency_id = c.agency_id and l.id = c.id`.execute(tx);
	return Number(numAffectedRows ?? 0n);
}

/** Ends a letter that waits or failed: not to be sent, or sent by hand. False: it was sent or dropped meanwhile. */
export async function endLetter(
	tx: Tx,
	letterId: string,
	how: 'dropped' | 'byHand',
	now: Date
): Promise<boolean> {
	const { numAffectedRows } = await sql`
		update platform.letter set status = ${how === 'byHand' ? 'sent' : 'dropped'}, finished_at = ${now}, error = ${how === 'byHand' ? BY_HAND : null}
		where agency_id = (select platform.current_agency()) and id = ${letterId} and status in ('waiting', 'failed')`.execute(
		tx
	);
	return numAffectedRows === 1n;
}

/** Drops letters of a kind that wait and are about nothing among `needed`, a select of ids; answers how many. */
export async function dropUnneeded(
	tx: Tx,
	kind: string,
	needed: RawBuilder<unknown>,
	now: Date
): Promise<number> {
	const { numAffectedRows } = await sql`
		update platform.letter set status = 'dropped', finished_at = ${now}, error = null
		where agency_id = (select platform.current_agency()) and kind = ${kind} and status = 'waiting' and about_id not in (${needed})`.execute(
		tx
	);
	return Number(numAffectedRows ?? 0n);
}

/** Where nothing carries letters, nobody would notice that their time ran out. */
export const giveUpLetters = (worker: Kysely<DB>, now: Date) =>
	sql`update platform.letter set status = 'failed', finished_at = ${now}, error = 'platform.mail.late'
		where status = 'waiting' and channel = 'mail' and expires_at <= ${now}`.execute(worker);
