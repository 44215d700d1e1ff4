import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canMark } from '../../access.ts';
import { isFor, leads, roomOf, teachesClass } from '../visible.ts';
import { attendanceStatus, classStatus, TAKES_PEOPLE } from '../../model.ts';

type SheetHead = {
	id: string;
	topic: string;
	starts_at: Date;
	ends_at: Date;
	place: string;
	cancelled: boolean;
	/** The actor teaches it, alone or with others. */
	leads: boolean;
	facilitator: string | null;
	class_id: string;
	code: string;
	class: string;
	class_status: string;
	/** Closed: from now on only corrections. */
	closed: boolean;
	teaching: boolean;
};

/** The sheet of a session with everybody enrolled and the marks so far. Refuses: missing, for whoever may not fill it. */
export async function attendanceSheet(db: Db, actor: Actor, classId: string, sessionId: string, now: Date) {
	const heads = await sql<SheetHead>`
		select s.id, s.topic, s.starts_at, s.ends_at, coalesce(${roomOf}, s.place) as place, s.cancelled_at is not null as cancelled, ${leads(actor)} as leads, f.name as facilitator,
			c.id as class_id, c.code, c.name as class, c.status as class_status,
			exists (select from classes.sheet h where h.agency_id = s.agency_id and h.session_id = s.id and h.closed_at is not null) as closed,
			${teachesClass(actor)} as teaching
		from classes.session s
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		left join people.person f on f.agency_id = s.agency_id and f.id = s.facilitator_id
		where s.agency_id = ${actor.agencyId} and s.id = ${sessionId} and s.class_id = ${classId}`.execute(db);
	const head = heads.rows[0];
	if (
		!head ||
		!canMark(actor, { facilitatorId: head.leads ? actor.personId : null, teachesClass: head.teaching })
	)
		throw missing();
	const rows = await sql<{
		person_id: string;
		name: string;
		nip: string | null;
		unit: string | null;
		mark: string | null;
		via: string | null;
		checked_in_at: Date | null;
		checked_out_at: Date | null;
		sent_at: Date | null;
	}>`
		select r.person_id, p.name, p.nip, w.unit_name as unit, a.status as mark, a.via, a.checked_in_at, a.checked_out_at, a.sent_at
		from classes.registration r
		join classes.session s on s.agency_id = r.agency_id and s.id = ${sessionId}
		join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
		left join people.staff w on w.agency_id = r.agency_id and w.person_id = r.person_id
		left join classes.attendance a on a.agency_id = r.agency_id and a.session_id = ${sessionId} and a.person_id = r.person_id
		where r.agency_id = ${actor.agencyId} and r.class_id = ${classId} and r.status in ('enrolled', 'passed', 'failed') and ${isFor('r')}
		order by p.name, r.person_id limit 1000`.execute(db);
	const status = classStatus(head.class_status);
	return {
		session: { ...head, class_status: status, begun: now >= head.starts_at },
		people: rows.rows.map((row) => ({ ...row, mark: row.mark === null ? null : attendanceStatus(row.mark) })),
		can: {
			mark: TAKES_PEOPLE.includes(status) && !head.cancelled && !head.closed && now >= head.starts_at,
			byCode: TAKES_PEOPLE.includes(status) && !head.cancelled && !head.closed && now <= head.ends_at,
			ask: !head.cancelled && (TAKES_PEOPLE.includes(status) || status === 'finished')
		}
	};
}
