import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** What the room keeps of one person beside their seats, for their own copy (UU 27/2022 Ps 7, 13). Asks nobody's permission. */
export async function attendanceOf(db: Db, personId: string) {
	const marks = await sql<{ code: string; topic: string; startsAt: Date; status: string; markedAt: Date }>`
		select c.code, s.topic, s.starts_at as "startsAt", t.status, t.marked_at as "markedAt" from classes.attendance t
		join classes.session s on s.agency_id = t.agency_id and s.id = t.session_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		where t.agency_id = platform.current_agency() and t.person_id = ${personId} order by s.starts_at, s.id`.execute(
		db
	);
	const requests = await sql<{
		code: string;
		startsAt: Date;
		wanted: string;
		reason: string;
		status: string;
		answer: string;
	}>`
		select c.code, s.starts_at as "startsAt", r.wanted, r.reason, r.status, r.answer from classes.attendance_request r
		join classes.session s on s.agency_id = r.agency_id and s.id = r.session_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		where r.agency_id = platform.current_agency() and r.person_id = ${personId} order by r.asked_at, r.id`.execute(
		db
	);
	const refusedScans = await sql<{ code: string; reason: string; times: number; at: Date }>`
		select c.code, x.reason, x.times, x.said_at as at from classes.refused_scan x
		join classes.session s on s.agency_id = x.agency_id and s.id = x.session_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		where x.agency_id = platform.current_agency() and x.person_id = ${personId} order by x.said_at, x.session_id`.execute(
		db
	);
	const absences = await sql<{ kind: string; startsOn: string; endsOn: string; source: string }>`
		select a.kind, a.starts_on as "startsOn", a.ends_on as "endsOn", a.source from classes.absence a
		where a.agency_id = platform.current_agency() and a.person_id = ${personId} order by a.starts_on`.execute(db);
	return {
		marks: marks.rows,
		requests: requests.rows,
		refusedScans: refusedScans.rows,
		absences: absences.rows
	};
}
