import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { kindRows } from '../rows.ts';
import { kindOf, noticeFacts, type Kind, type NoticeFacts } from '../../model.ts';

/** A notice as something sent tells of it. */
export type Told = { kind: Kind; facts: NoticeFacts; href: string; language: string | null };

type Row = { kind: string; facts: unknown; href: string; language: string | null };

/** An unread notice of this person that still matters; null: read, past, gone, or they asked to be left alone. */
export async function toldOf(db: Db, noticeId: string, personId: string): Promise<Told | null> {
	const { rows } = await sql<Row>`
		select n.kind, n.facts, n.href, p.language from notices.notice n
		join people.person p on p.agency_id = n.agency_id and p.id = n.person_id and p.active and not p.restricted
		where n.agency_id = (select platform.current_agency()) and n.id = ${noticeId} and n.person_id = ${personId}
			and n.read_at is null and (n.good_until is null or n.good_until > now())`.execute(db);
	const [row] = rows;
	const kind = row === undefined ? null : kindOf(row.kind);
	return row === undefined || kind === null
		? null
		: { kind, facts: noticeFacts(row.facts), href: row.href, language: row.language };
}

/**
 * To whom a letter goes, of one notice or of several; null: no office e-mail is known, they work here no more, asked to
 * be left alone, or want no letters of this kind by now.
 */
export async function addresseeOf(
	db: Db,
	personId: string,
	noticeId: string | null
): Promise<{ name: string; address: string; language: string | null } | null> {
	const { rows } = await sql<{ name: string; address: string; language: string | null }>`
		select p.name, p.email as address, p.language from people.person p
		where p.agency_id = (select platform.current_agency()) and p.id = ${personId} and p.active and not p.restricted and p.email is not null
			and not exists (
				select from notices.notice n join ${kindRows} k on k.kind = n.kind
				join notices.preference f on f.agency_id = n.agency_id and f.person_id = n.person_id and f.category = k.category and f.email = 'never'
				where n.agency_id = p.agency_id and n.id = ${noticeId}::uuid)`.execute(db);
	return rows[0] ?? null;
}

/** What still belongs into a daily letter: unread, and not past. */
export async function digestOf(db: Db, digestId: string, personId: string): Promise<Told[]> {
	const { rows } = await sql<Row>`
		select n.kind, n.facts, n.href, p.language from notices.notice n
		join people.person p on p.agency_id = n.agency_id and p.id = n.person_id
		where n.agency_id = (select platform.current_agency()) and n.digest_id = ${digestId} and n.person_id = ${personId}
			and n.read_at is null and (n.good_until is null or n.good_until > now())
		order by n.created_at, n.id`.execute(db);
	return rows.flatMap((row) => {
		const kind = kindOf(row.kind);
		return kind === null ? [] : [{ ...row, kind, facts: noticeFacts(row.facts) }];
	});
}
