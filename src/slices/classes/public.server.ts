import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { classStatus, registrationStatus, type ClassStatus, type RegistrationStatus } from './model.ts';
import { participantHours } from './server/participant-hours.ts';
import { isFor, onesTeam, roomOf } from './server/visible.ts';

export { escalateRequests, lapseOffers } from './server/commands/pass-seats-on.ts';
export { seatsDue } from './server/queries/seats-due.ts';
export { seedHolidays } from './server/holidays.ts';
export { attendanceOf } from './server/own-attendance.ts';
export { isFor, participantHours };
export { attendanceInBulk, closeInBulk, registrationsInBulk } from './server/bulk.ts';

export type Enrolment = {
	registrationId: string;
	classId: string;
	code: string;
	name: string;
	program: string;
	versionId: string;
	status: RegistrationStatus;
	classStatus: ClassStatus;
	startsOn: string;
	endsOn: string;
	place: string;
	/** The next session from now on that was not called off. */
	nextAt: Date | null;
	nextTopic: string | null;
	nextPlace: string | null;
};

/** Everything somebody asked for, attends or attended, latest first; `now` finds the next session. */
export async function enrolmentsOf(db: Db, personId: string, now = new Date()): Promise<Enrolment[]> {
	const rows = await sql<Omit<Enrolment, 'status' | 'classStatus'> & { status: string; classStatus: string }>`
		select r.id as "registrationId", c.id as "classId", c.code, c.name, g.name as program, c.version_id as "versionId", r.status,
			c.status as "classStatus", c.starts_on as "startsOn", c.ends_on as "endsOn", c.place,
			n.starts_at as "nextAt", n.topic as "nextTopic", n.place as "nextPlace"
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		left join lateral (
			select s.starts_at, s.topic, coalesce(${roomOf}, s.place) as place from classes.session s
			where s.agency_id = c.agency_id and s.class_id = c.id and ${isFor('r')} and s.cancelled_at is null and s.ends_at > ${now}
			order by s.starts_at limit 1
		) n on true
		where r.agency_id = platform.current_agency() and r.person_id = ${personId}
		order by c.starts_on desc, c.code limit 200`.execute(db);
	return rows.rows.map((row) => ({
		...row,
		status: registrationStatus(row.status),
		classStatus: classStatus(row.classStatus)
	}));
}

/**
 * How many requests wait for this supervisor, in whose place they decide today included: the number on the home screen
 * that opens /classes/approvals.
 */
export async function requestsWaitingFor(
	db: Db,
	actor: Pick<Actor, 'agencyId' | 'personId'>
): Promise<number> {
	const rows = await sql<{ requests: number }>`
		select count(*)::int as requests
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status in ('open', 'running')
		join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		where r.agency_id = ${actor.agencyId} and r.status = 'requested' and ${onesTeam(actor)}`.execute(db);
	return rows.rows[0]?.requests ?? 0;
}

export type TaughtSession = {
	sessionId: string;
	classId: string;
	code: string;
	name: string;
	topic: string;
	startsAt: Date;
	place: string;
	marked: number;
};

/** Sessions of a facilitator that begin in the next days or still lack their sheet, earliest first. */
export async function sessionsTaughtBy(db: Db, personId: string, now: Date): Promise<TaughtSession[]> {
	const rows = await sql<TaughtSession>`
		select s.id as "sessionId", c.id as "classId", c.code, c.name, s.topic, s.starts_at as "startsAt", coalesce(${roomOf}, s.place) as place, a.marked
		from classes.session s
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id and c.status in ('planned', 'open', 'running')
		cross join lateral (select count(*)::int as marked from classes.attendance x where x.agency_id = s.agency_id and x.session_id = s.id) a
		join classes.session_facilitator f on f.agency_id = s.agency_id and f.session_id = s.id and f.person_id = ${personId} and f.cancelled_at is null
		where s.agency_id = platform.current_agency() and s.cancelled_at is null
			and (s.starts_at > ${now} or a.marked = 0)
		order by s.starts_at limit 50`.execute(db);
	return rows.rows;
}

/** Whom the room's events concern, for notices. */
export { seatNotices } from './server/notices/seats.ts';
export { sessionNotices } from './server/notices/sessions.ts';
