import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { maskNip } from '#kernel/nip.ts';
import type { Db } from '#platform/db/db.ts';
import { orderBy } from '#platform/db/order-by.ts';
import { inScope } from '#platform/db/scope.ts';
import { canSeeCertificate } from '../../access.ts';
import { readFacts, type CertificateFacts } from '../../facts.ts';
import { certificateStatus, type CertificateStatus } from '../../model.ts';
import { codeMeant } from '../../verify-code.ts';

export type CertificateRow = {
	id: string;
	number: string;
	title: string;
	name: string;
	unit: string;
	issuedOn: string;
	status: CertificateStatus;
};

const PAGE = 50;

const SORTED = {
	name: sql`p.name`,
	title: sql`c.facts #>> '{programme,name}'`,
	number: sql`c.number`,
	issuedOn: sql`c.issued_on`
};

/**
 * Certificates in one's scope, newest first, found by part of a name, number or program. Those of people who have left
 * belong to no unit any more: who reads the whole agency finds them.
 */
export async function certificatesIn(
	db: Db,
	actor: Actor,
	search: string,
	page: number,
	sort: { by: keyof typeof SORTED; descending: boolean } = { by: 'issuedOn', descending: true }
): Promise<{ rows: CertificateRow[]; total: number; pageSize: number }> {
	const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
	const rows = await sql<Omit<CertificateRow, 'status'> & { status: string; total: number }>`
		select c.id, c.number, c.facts #>> '{programme,name}' as title, p.name, coalesce(s.unit_name, '–') as unit, c.issued_on as "issuedOn", c.status,
			count(*) over () as total
		from credentials.certificate c
		join people.person p on p.agency_id = c.agency_id and p.id = c.person_id
		left join people.staff s on s.agency_id = c.agency_id and s.person_id = c.person_id
		where c.agency_id = platform.current_agency() and ${inScope(actor, 'credentials.read', 's.unit_path')}
			and (${search} = '' or p.name ilike ${like} or c.number ilike ${like} or c.facts #>> '{programme,name}' ilike ${like})
		${orderBy(sort, SORTED, sql`c.issued_on desc, c.number desc, c.id`)} limit ${PAGE} offset ${(page - 1) * PAGE}`.execute(
		db
	);
	return {
		rows: rows.rows.map(({ total: _, status, ...row }) => ({ ...row, status: certificateStatus(status) })),
		total: rows.rows[0]?.total ?? 0,
		pageSize: PAGE
	};
}

export type CertificateSheet = {
	id: string;
	number: string;
	version: number;
	status: CertificateStatus;
	reason: string;
	verifyCode: string;
	classId: string;
	personId: string;
	facts: CertificateFacts;
};

/** One certificate for its holder or whoever may read in the holder's unit; anybody else finds nothing. */
export async function certificateFor(db: Db, actor: Actor, certificateId: string): Promise<CertificateSheet> {
	const rows = await sql<
		Omit<CertificateSheet, 'status' | 'facts'> & { status: string; facts: unknown; unitPath: string | null }
	>`
		select c.id, c.number, c.version, c.status, c.reason, c.verify_code as "verifyCode", c.class_id as "classId",
			c.person_id as "personId", c.facts, s.unit_path::text as "unitPath"
		from credentials.certificate c
		left join people.staff s on s.agency_id = c.agency_id and s.person_id = c.person_id
		where c.agency_id = platform.current_agency() and c.id = ${certificateId}`.execute(db);
	const row = rows.rows[0];
	if (!row || !canSeeCertificate(actor, { personId: row.personId, unitPath: row.unitPath ?? '' }))
		throw missing();
	return { ...row, status: certificateStatus(row.status), facts: readFacts(row.facts) };
}

export type PublicProof = {
	name: string;
	nip: string | null;
	program: string;
	hours: number;
	from: string;
	to: string;
	number: string;
	issuedOn: string;
	agency: string;
	status: CertificateStatus;
};

/** The certificate of a code, for checks. Asks nobody's permission: show the public `publicProof` of it only. */
export async function certificateByCode(
	db: Db,
	code: string
): Promise<{ id: string; number: string; status: CertificateStatus; facts: CertificateFacts } | undefined> {
	const rows = await sql<{ id: string; number: string; status: string; facts: unknown }>`
		select id, number, status, facts from credentials.certificate
		where agency_id = platform.current_agency() and verify_code = ${codeMeant(code) ?? ''}`.execute(db);
	const row = rows.rows[0];
	return row && { ...row, status: certificateStatus(row.status), facts: readFacts(row.facts) };
}

/** What anybody with the code may see: never the whole NIP. */
export const publicProof = ({
	number,
	status,
	facts
}: {
	number: string;
	status: CertificateStatus;
	facts: CertificateFacts;
}): PublicProof => ({
	name: facts.recipient.name,
	nip: facts.recipient.nip === null ? null : maskNip(facts.recipient.nip),
	program: facts.programme.name,
	hours: facts.programme.hours,
	from: facts.programme.from,
	to: facts.programme.to,
	number,
	issuedOn: facts.issued.on,
	agency: facts.agency.name,
	status
});

/** The same by its code; undefined when there is no such code. */
export async function proofByCode(db: Db, code: string): Promise<PublicProof | undefined> {
	const row = await certificateByCode(db, code);
	return row && publicProof(row);
}

export type ClassToIssue = { classId: string; code: string; name: string; graduates: number };

/** Finished classes with graduates who hold no certificate yet, oldest first. */
export async function classesToIssue(db: Db): Promise<ClassToIssue[]> {
	const rows = await sql<ClassToIssue>`
		select c.id as "classId", c.code, c.name, count(*)::int as graduates
		from classes.class c
		join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id and r.status = 'passed'
		where c.agency_id = platform.current_agency() and c.status = 'finished'
			and not exists (select from credentials.certificate x where x.agency_id = r.agency_id and x.class_id = r.class_id and x.person_id = r.person_id)
		group by c.id, c.code, c.name, c.ends_on order by c.ends_on limit 50`.execute(db);
	return rows.rows;
}
