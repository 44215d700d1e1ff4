import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { readFacts, type CertificateFacts } from '../../facts.ts';

export type SealRow = {
	id: string;
	name: string;
	subject: string;
	issuer: string;
	/** Last day, and whether it is over. */
	validTo: string;
	expired: boolean;
	timeServer: string;
};

/** P12 files in use, the last one first. For those who issue only: the caller asked. */
export async function seals(db: Db, now: Date): Promise<SealRow[]> {
	const { rows } = await sql<SealRow>`
		select id, name, subject, issuer, valid_to::date as "validTo", valid_to < ${now} as expired, time_server as "timeServer"
		from credentials.seal where agency_id = (select platform.current_agency()) and retired_at is null
		order by created_at desc`.execute(db);
	return rows;
}

export type Unsigned = { id: string; number: string; verifyCode: string; facts: CertificateFacts };

/** Valid certificates of a class that bear no signature yet, by number; so many at most. */
export async function unsignedIn(db: Db, classId: string, most: number): Promise<Unsigned[]> {
	const { rows } = await sql<Omit<Unsigned, 'facts'> & { facts: unknown }>`
		select c.id, c.number, c.verify_code as "verifyCode", c.facts from credentials.certificate c
		where c.agency_id = (select platform.current_agency()) and c.class_id = ${classId} and c.status = 'valid'
			and not exists (select from credentials.signature s where s.agency_id = c.agency_id and s.certificate_id = c.id)
		order by c.number limit ${most}`.execute(db);
	return rows.map(({ facts, ...row }) => ({ ...row, facts: readFacts(facts) }));
}

export type SignedSheet = {
	way: 'seal' | 'brought';
	profile: string;
	signer: string;
	signedAt: Date | null;
	sha256: string;
};

/** The signature that a certificate bears, without the file. Asks nobody's permission. */
export async function signatureOf(db: Db, certificateId: string): Promise<SignedSheet | undefined> {
	const { rows } = await sql<SignedSheet>`
		select way, profile, signer, signed_at as "signedAt", sha256 from credentials.signature
		where agency_id = (select platform.current_agency()) and certificate_id = ${certificateId}`.execute(db);
	return rows[0];
}

/** The signed PDF itself. Asks nobody's permission. */
export async function signedPdf(db: Db, certificateId: string): Promise<Buffer | undefined> {
	const { rows } = await sql<{ content: Buffer }>`
		select f.content from credentials.signature s
		join platform.file f on f.agency_id = s.agency_id and f.id = s.file_id
		where s.agency_id = (select platform.current_agency()) and s.certificate_id = ${certificateId}`.execute(db);
	return rows[0]?.content;
}

/** How many valid certificates of a class there are, and how many of them are signed. */
export async function signedInClass(db: Db, classId: string): Promise<{ valid: number; signed: number }> {
	const { rows } = await sql<{ valid: number; signed: number }>`
		select count(*)::int as valid, count(s.certificate_id)::int as signed from credentials.certificate c
		left join credentials.signature s on s.agency_id = c.agency_id and s.certificate_id = c.id
		where c.agency_id = (select platform.current_agency()) and c.class_id = ${classId} and c.status = 'valid'`.execute(
		db
	);
	return rows[0] ?? { valid: 0, signed: 0 };
}
