import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { letterStatus, type LetterStatus } from '#platform/mail/outbox.ts';
import { stuckEvents } from '#platform/work/events.ts';
import { canDeliver } from '../../access.ts';

export type OutboxLetter = {
	id: string;
	kind: string;
	aboutId: string;
	personId: string;
	name: string;
	/** As "s…@medan.go.id"; null: none is known. */
	address: string | null;
	status: LetterStatus;
	attempts: number;
	nextAt: Date;
	/** Message key of why the last try failed. */
	why: string | null;
	createdAt: Date;
	finishedAt: Date | null;
};

type Row = Omit<OutboxLetter, 'status'> & { status: string; total: number };

/** Letters of the agency in one state, and how many there are in each; for whoever answers for sending, else no such page. */
export async function outboxOf(
	db: Db,
	actor: Actor,
	{ status, kind }: { status: LetterStatus; kind: string | null },
	slice: { limit: number; offset: number }
) {
	if (!canDeliver(actor)) throw missing();
	const { rows } = await sql<Row>`
		select l.id, l.kind, l.about_id as "aboutId", l.person_id as "personId", p.name, left(p.email, 1) || '…@' || split_part(p.email, '@', 2) as address,
			l.status, l.attempts, l.next_at as "nextAt", l.error as why, l.created_at as "createdAt", l.finished_at as "finishedAt"
		from platform.letter l
		join people.person p on p.agency_id = l.agency_id and p.id = l.person_id
		where l.agency_id = (select platform.current_agency()) and l.status = ${status} and (${kind}::text is null or l.kind = ${kind}::text)
		order by case when l.status = 'waiting' then l.next_at end, l.created_at desc, l.id limit ${slice.limit} offset ${slice.offset}`.execute(
		db
	);
	const counts = await sql<{ status: string; letters: number }>`
		select status, count(*)::int as letters from platform.letter
		where agency_id = (select platform.current_agency()) and (${kind}::text is null or kind = ${kind}::text) group by status`.execute(
		db
	);
	const of = (wanted: LetterStatus): number => counts.rows.find((row) => row.status === wanted)?.letters ?? 0;
	return {
		letters: rows.map(({ status: text, ...row }) => ({ ...row, status: letterStatus(text) ?? 'waiting' })),
		counts: { waiting: of('waiting'), sent: of('sent'), failed: of('failed'), dropped: of('dropped') },
		total: of(status),
		stuck: await stuckEvents(db)
	};
}
