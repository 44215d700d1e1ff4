import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canDecideMark, canMark } from '../../access.ts';
import { leads, teachesClass } from '../visible.ts';
import { requestsOf } from './my-attendance.ts';

export type RefusedScan = {
	person_id: string;
	name: string;
	reason: string;
	facts: Record<string, string | number>;
	times: number;
	said_at: Date;
	at: Date;
	sent_later: boolean;
	/** Marked there by now, whoever did it. */
	settled: boolean;
};

export type SheetPage = {
	id: string;
	file_id: string;
	name: string;
	mime: string;
	note: string;
	added_by: string | null;
	added_at: Date;
};

/** Around a sheet that the actor was shown (attendanceSheet): codes, refused scans, signed pages, requests about marks. */
export async function aroundSheet(
	db: Db,
	actor: Actor,
	session: { id: string; leads: boolean; teaching: boolean }
) {
	const sheets = await sql<{
		late_minutes: number;
		check_out: boolean;
		opened_at: Date;
		closed_at: Date | null;
		closed_by: string | null;
	}>`
		select h.late_minutes, h.check_out, h.opened_at, h.closed_at, p.name as closed_by
		from classes.sheet h left join people.person p on p.agency_id = h.agency_id and p.id = h.closed_by
		where h.agency_id = ${actor.agencyId} and h.session_id = ${session.id}`.execute(db);
	const refused = await sql<RefusedScan>`
		select f.person_id, p.name, f.reason, f.facts, f.times, f.said_at, f.at, f.sent_later,
			coalesce(a.status in ('present', 'late'), false) as settled
		from classes.refused_scan f
		join people.person p on p.agency_id = f.agency_id and p.id = f.person_id
		left join classes.attendance a on a.agency_id = f.agency_id and a.session_id = f.session_id and a.person_id = f.person_id
		where f.agency_id = ${actor.agencyId} and f.session_id = ${session.id}
		order by coalesce(a.status in ('present', 'late'), false), f.at desc limit 200`.execute(db);
	const pages = await sql<SheetPage>`
		select g.id, g.file_id, f.name, f.mime, g.note, p.name as added_by, g.added_at
		from classes.sheet_page g
		join platform.file f on f.agency_id = g.agency_id and f.id = g.file_id
		left join people.person p on p.agency_id = g.agency_id and p.id = g.added_by
		where g.agency_id = ${actor.agencyId} and g.session_id = ${session.id} order by g.added_at`.execute(db);
	const requests = await requestsOf(db, actor.agencyId, session.id, null);
	const taught = { facilitatorId: session.leads ? actor.personId : null, teachesClass: session.teaching };
	return {
		sheet: sheets.rows[0] ?? null,
		refused: refused.rows,
		pages: pages.rows,
		requests: requests.map((request) => ({
			...request,
			decidable:
				request.status === 'asked' &&
				canDecideMark(actor, taught, { personId: request.person_id, askedBy: request.asked_by })
		}))
	};
}

/** A signed page or a proof of a session: for whoever fills its sheet, a proof also for the person it is about. */
export async function sheetFile(
	db: Db,
	actor: Actor,
	sessionId: string,
	fileId: string
): Promise<{ name: string; mime: string; content: Buffer }> {
	const rows = await sql<{
		name: string;
		mime: string;
		content: Buffer;
		person_id: string | null;
		leads: boolean;
		teaching: boolean;
	}>`
		select f.name, f.mime, f.content, q.person_id, ${leads(actor)} as leads, ${teachesClass(actor)} as teaching
		from platform.file f
		join classes.session s on s.agency_id = f.agency_id and s.id = ${sessionId}
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		left join classes.attendance_request q on q.agency_id = f.agency_id and q.evidence_id = f.id and q.session_id = s.id
		left join classes.sheet_page g on g.agency_id = f.agency_id and g.file_id = f.id and g.session_id = s.id
		where f.agency_id = ${actor.agencyId} and f.id = ${fileId} and (q.id is not null or g.id is not null)`.execute(
		db
	);
	const row = rows.rows[0];
	if (!row) throw missing();
	const own = actor.personId !== null && row.person_id === actor.personId;
	if (
		!own &&
		!canMark(actor, { facilitatorId: row.leads ? actor.personId : null, teachesClass: row.teaching })
	)
		throw missing();
	return { name: row.name, mime: row.mime, content: row.content };
}
