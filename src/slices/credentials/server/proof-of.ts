import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export type OwnCertificate = { number: string; program: string; issuedOn: string; status: string };
export type OwnHours = {
	title: string;
	form: string;
	startsOn: string;
	endsOn: string;
	year: number;
	learningHours: number;
	status: string;
	source: string;
};

export type OwnScore = { year: number; asOf: string; total: number; category: string };
export type OwnSanction = { level: string; decidedOn: string; decree: string; withdrawnAt: Date | null };

/** Everything proven of one person, for their own copy (UU 27/2022 Ps 7, 13). Asks nobody's permission. */
export async function proofOf(
	db: Db,
	personId: string
): Promise<{
	certificates: OwnCertificate[];
	learningHours: OwnHours[];
	professionalism: OwnScore[];
	sanctions: OwnSanction[];
}> {
	const certificates = await sql<OwnCertificate>`
		select c.number, c.facts -> 'programme' ->> 'name' as program, c.issued_on as "issuedOn", c.status
		from credentials.certificate c
		where c.agency_id = (select platform.current_agency()) and c.person_id = ${personId} order by c.issued_on, c.number`.execute(
		db
	);
	const hours = await sql<OwnHours>`
		select e.title, e.form, e.starts_on as "startsOn", e.ends_on as "endsOn", e.year, e.learning_hours as "learningHours", e.status, e.source
		from credentials.jp_entry e
		where e.agency_id = (select platform.current_agency()) and e.person_id = ${personId} order by e.ends_on, e.created_at`.execute(
		db
	);
	const scores = await sql<OwnScore>`
		select r.year, r.as_of as "asOf", s.total, s.category from credentials.ip_score s
		join credentials.ip_run r on r.agency_id = s.agency_id and r.id = s.run_id
		where s.agency_id = (select platform.current_agency()) and s.person_id = ${personId} order by r.run_at`.execute(
		db
	);
	const sanctions = await sql<OwnSanction>`
		select x.level, x.decided_on as "decidedOn", x.decree, x.withdrawn_at as "withdrawnAt" from credentials.sanction x
		where x.agency_id = (select platform.current_agency()) and x.person_id = ${personId} order by x.decided_on`.execute(
		db
	);
	return {
		certificates: certificates.rows,
		learningHours: hours.rows,
		professionalism: scores.rows,
		sanctions: sanctions.rows
	};
}
