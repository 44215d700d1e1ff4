import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { MOST_DAYS_TO_ASK } from '../../sheet.ts';
import { isFor, roomOf } from '../visible.ts';
import { attendanceStatus, classStatus, type AttendanceStatus } from '../../model.ts';

type Row = {
	id: string;
	class_id: string;
	class: string;
	class_status: string;
	topic: string;
	place: string;
	starts_at: Date;
	ends_at: Date;
	cancelled: boolean;
	fenced: boolean;
	by_code: boolean;
	check_out: boolean;
	closed: boolean;
	mark: string | null;
	via: string | null;
	checked_in_at: Date | null;
	checked_out_at: Date | null;
	sent_at: Date | null;
};

export type MySession = Omit<Row, 'class_status' | 'mark'> & {
	class_status: ReturnType<typeof classStatus>;
	mark: AttendanceStatus | null;
};

const COLUMNS = sql`s.id, c.id as class_id, c.name as class, c.status as class_status, s.topic, coalesce(${roomOf}, nullif(s.place, ''), c.place) as place,
	s.starts_at, s.ends_at, s.cancelled_at is not null or c.status = 'cancelled' as cancelled,
	s.latitude is not null and s.longitude is not null and s.radius_m is not null as fenced,
	h.session_id is not null as by_code, coalesce(h.check_out, false) as check_out, h.closed_at is not null as closed,
	a.status as mark, a.via, a.checked_in_at, a.checked_out_at, a.sent_at`;

const JOINS = sql`join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
	join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and ${isFor('r')}
	left join classes.sheet h on h.agency_id = s.agency_id and h.session_id = s.id
	left join classes.attendance a on a.agency_id = s.agency_id and a.session_id = s.id and a.person_id = r.person_id`;

const shaped = (row: Row): MySession => ({
	...row,
	class_status: classStatus(row.class_status),
	mark: row.mark === null ? null : attendanceStatus(row.mark)
});

/** My sessions from yesterday to tomorrow, soonest first: what a code could be for. */
export async function mySessions(db: Db, actor: Actor, now: Date): Promise<MySession[]> {
	const rows = await sql<Row>`
		select ${COLUMNS} from classes.registration r ${JOINS}
		where r.agency_id = ${actor.agencyId} and r.person_id = ${actor.personId}::uuid and r.status in ('enrolled', 'passed', 'failed')
			and c.status in ('open', 'running', 'finished') and s.cancelled_at is null
			and s.ends_at > ${now}::timestamptz - interval '1 day' and s.starts_at < ${now}::timestamptz + interval '1 day'
		order by s.starts_at limit 20`.execute(db);
	return rows.rows.map(shaped);
}

export type MyRefusal = {
	session_id: string;
	topic: string;
	reason: string;
	facts: Record<string, string | number>;
	said_at: Date;
	sent_later: boolean;
};

/** Scans of mine that did not count, of the last two weeks, where no mark has come since. */
export async function myRefusals(
	db: Db,
	actor: Actor,
	now: Date,
	sessionId: string | null = null
): Promise<MyRefusal[]> {
	const rows = await sql<MyRefusal>`
		select f.session_id, s.topic, f.reason, f.facts, f.said_at, f.sent_later
		from classes.refused_scan f
		join classes.session s on s.agency_id = f.agency_id and s.id = f.session_id
		where f.agency_id = ${actor.agencyId} and f.person_id = ${actor.personId}::uuid and f.at > ${now}::timestamptz - interval '14 days'
			and ${
				sessionId === null
					? sql`not exists (select from classes.attendance a where a.agency_id = f.agency_id
				and a.session_id = f.session_id and a.person_id = f.person_id and a.status in ('present', 'late'))`
					: sql`f.session_id = ${sessionId}`
			}
		order by f.at desc limit 20`.execute(db);
	return rows.rows;
}

export type MarkRequest = {
	id: string;
	person_id: string;
	person: string;
	status: string;
	wanted: string;
	reason: string;
	evidence_id: string | null;
	asked_by: string | null;
	asker: string | null;
	asked_at: Date;
	old_mark: string | null;
	decider: string | null;
	decided_at: Date | null;
	answer: string;
	old_outcome: string | null;
	new_outcome: string | null;
};

/** Requests about marks of a session, open ones first; of one person, or of everybody for whoever fills the sheet. */
export async function requestsOf(
	db: Db,
	agencyId: string,
	sessionId: string,
	personId: string | null
): Promise<MarkRequest[]> {
	const rows = await sql<MarkRequest>`
		select q.id, q.person_id, p.name as person, q.status, q.wanted, q.reason, q.evidence_id, q.asked_by, b.name as asker, q.asked_at,
			q.old_mark, d.name as decider, q.decided_at, q.answer, q.old_outcome, q.new_outcome
		from classes.attendance_request q
		join people.person p on p.agency_id = q.agency_id and p.id = q.person_id
		left join people.person b on b.agency_id = q.agency_id and b.id = q.asked_by
		left join people.person d on d.agency_id = q.agency_id and d.id = q.decided_by
		where q.agency_id = ${agencyId} and q.session_id = ${sessionId}
			and ${personId === null ? sql`true` : sql`q.person_id = ${personId}`}
		order by q.status <> 'asked', q.asked_at desc limit 200`.execute(db);
	return rows.rows;
}

/** One session of mine: the mark, what was refused, what I asked. Refuses: missing, without a seat in the class. */
export async function mySession(db: Db, actor: Actor, sessionId: string, now: Date) {
	const rows = await sql<Row>`
		select ${COLUMNS} from classes.registration r ${JOINS}
		where r.agency_id = ${actor.agencyId} and r.person_id = ${actor.personId}::uuid and s.id = ${sessionId}
			and r.status in ('enrolled', 'passed', 'failed')`.execute(db);
	const row = rows.rows[0];
	if (!row || actor.personId === null) throw missing();
	const session = shaped(row);
	const requests = await requestsOf(db, actor.agencyId, sessionId, actor.personId);
	const open = requests.some(({ status }) => status === 'asked');
	const inTime = now.getTime() <= session.ends_at.getTime() + MOST_DAYS_TO_ASK * 86_400_000;
	return {
		session,
		refusals: await myRefusals(db, actor, now, sessionId),
		requests,
		can: {
			ask: !open && inTime && !session.cancelled && session.class_status !== 'planned',
			askMark: now >= session.starts_at
		}
	};
}
