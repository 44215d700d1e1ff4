import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import type { Taking } from '../access.ts';
import {
	approvalOf,
	classStatus,
	registrationStatus,
	type Approval,
	type ClassStatus,
	type RegistrationStatus
} from '../model.ts';
import type { Decided } from '../rules.ts';

export type LockedClass = {
	id: string;
	code: string;
	name: string;
	status: ClassStatus;
	seats: number;
	startsOn: string;
	endsOn: string;
	versionId: string;
	attendancePercent: number;
	approval: Approval;
	/** Last day to ask for a seat. */
	asksUntil: string | null;
	/** Hours to accept a seat that became free; null: it is given at once. */
	answerHours: number | null;
	/** Begin of the first session that was not called off and has an hour. */
	firstSessionAt: Date | null;
	zone: string;
	edition: number;
	/** Who saved it last, and when in the agency's zone. */
	saved: Decided;
};

/** The class, held until the transaction ends: seats are counted and given under this lock. Refuses: missing. */
export async function lockClass(tx: Tx, agencyId: string, classId: string): Promise<LockedClass> {
	const rows = await sql<
		Omit<LockedClass, 'status' | 'approval' | 'saved'> & {
			status: string;
			approval: string;
			who: string;
			when: string;
		}
	>`
		select c.id, c.code, c.name, c.status, c.seats, c.starts_on as "startsOn", c.ends_on as "endsOn", c.version_id as "versionId",
			c.attendance_percent as "attendancePercent", c.approval, c.asks_until as "asksUntil", c.answer_hours as "answerHours",
			c.edition, coalesce(c.changed_by, '—') as who,
			to_char(coalesce(c.changed_at, c.created_at) at time zone a.time_zone, 'YYYY-MM-DD"T"HH24:MI') as when,
			(select min(s.starts_at) from classes.session s where s.agency_id = c.agency_id and s.class_id = c.id
				and s.cancelled_at is null and s.mode <> 'self_paced') as "firstSessionAt", a.time_zone as zone
		from classes.class c join platform.agency a on a.agency_id = c.agency_id
		where c.agency_id = ${agencyId} and c.id = ${classId} for update of c`.execute(tx);
	const row = rows.rows[0];
	if (!row) throw missing();
	const { who, when, ...facts } = row;
	return {
		...facts,
		status: classStatus(row.status),
		approval: approvalOf(row.approval),
		saved: { who, when }
	};
}

export type LockedRegistration = {
	id: string;
	status: RegistrationStatus;
	taking: Taking;
	by: Decided;
	answerBy: Date | null;
	class: LockedClass;
};

/** A registration under the lock of its class, with who decided it last. Refuses: missing. */
export async function lockRegistration(
	tx: Tx,
	agencyId: string,
	registrationId: string
): Promise<LockedRegistration> {
	const found = await tx
		.selectFrom('classes.registration')
		.select('class_id')
		.where('agency_id', '=', agencyId)
		.where('id', '=', registrationId)
		.executeTakeFirst();
	if (!found) throw missing();
	const held = await lockClass(tx, agencyId, found.class_id);
	const rows = await sql<{
		id: string;
		status: string;
		person_id: string;
		unit_path: string | null;
		supervisor_id: string | null;
		stand_ins: string[];
		answer_by: Date | null;
		who: string | null;
		when: string;
	}>`
		select r.id, r.status, r.person_id, s.unit_path::text as unit_path, s.supervisor_id, ${standIns} as stand_ins, r.answer_by, p.name as who,
			to_char(coalesce(r.decided_at, r.requested_at) at time zone ${held.zone}, 'YYYY-MM-DD"T"HH24:MI') as when
		from classes.registration r
		left join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		left join people.person p on p.agency_id = r.agency_id and p.id = coalesce(r.decided_by, r.requested_by)
		where r.agency_id = ${agencyId} and r.id = ${registrationId}`.execute(tx);
	const row = rows.rows[0];
	if (!row) throw missing();
	return {
		id: row.id,
		status: registrationStatus(row.status),
		taking: {
			personId: row.person_id,
			unitPath: row.unit_path,
			supervisorId: row.supervisor_id,
			standIns: row.stand_ins
		},
		answerBy: row.answer_by,
		by: { who: row.who ?? '—', when: row.when },
		class: held
	};
}

export type LockedSession = {
	id: string;
	topic: string;
	startsAt: Date;
	endsAt: Date;
	cancelled: boolean;
	facilitatorId: string | null;
	marks: number;
	edition: number;
	saved: Decided;
	class: LockedClass;
};

/** A session under the lock of its class, and how many marks its sheet has. Refuses: missing. */
export async function lockSession(tx: Tx, agencyId: string, sessionId: string): Promise<LockedSession> {
	const found = await tx
		.selectFrom('classes.session')
		.select('class_id')
		.where('agency_id', '=', agencyId)
		.where('id', '=', sessionId)
		.executeTakeFirst();
	if (!found) throw missing();
	const held = await lockClass(tx, agencyId, found.class_id);
	const rows = await sql<Omit<LockedSession, 'class' | 'saved'> & { who: string; when: string }>`
		select s.id, s.topic, s.starts_at as "startsAt", s.ends_at as "endsAt", s.cancelled_at is not null as cancelled, s.facilitator_id as "facilitatorId",
			s.edition, coalesce(s.changed_by, '—') as who, coalesce(to_char(s.changed_at at time zone ${held.zone}, 'YYYY-MM-DD"T"HH24:MI'), '—') as when,
			(select count(*)::int from classes.attendance a where a.agency_id = s.agency_id and a.session_id = s.id) as marks
		from classes.session s where s.agency_id = ${agencyId} and s.id = ${sessionId}`.execute(tx);
	const row = rows.rows[0];
	if (!row) throw missing();
	const { who, when, ...facts } = row;
	return { ...facts, saved: { who, when }, class: held };
}

/**
 * Who may decide in the supervisor's place today: their deputy, and once they let the time pass the next above. `s` is
 * the staff row and `r` the registration, if any; a twin of it stands in `decidable` (visible.ts).
 */
const standIns = sql`array(
	select d.deputy_id from classes.deputy d join platform.agency a on a.agency_id = d.agency_id
	where d.agency_id = s.agency_id and d.supervisor_id = s.supervisor_id and d.ended_at is null
		and (now() at time zone a.time_zone)::date between d.valid_from and d.valid_to
	union all
	select b.supervisor_id from people.staff b
	where r.escalated_at is not null and b.agency_id = s.agency_id and b.person_id = s.supervisor_id and b.supervisor_id is not null)`;

/** How the attendance of a session is taken by code, and whether its sheet is closed; null while neither. */
export async function sheetOf(db: Db, agencyId: string, sessionId: string) {
	const row = await db
		.selectFrom('classes.sheet')
		.select(['late_minutes as lateMinutes', 'check_out as checkOut', 'closed_at as closedAt'])
		.where('agency_id', '=', agencyId)
		.where('session_id', '=', sessionId)
		.executeTakeFirst();
	return row === undefined ? null : { ...row, closed: row.closedAt !== null };
}

/** Where people work and who supervises them; people who left are not among the answers. */
export async function takingOf(
	tx: Tx,
	agencyId: string,
	personIds: readonly string[]
): Promise<(Taking & { name: string })[]> {
	const rows = await sql<Taking & { name: string }>`
		select s.person_id as "personId", s.unit_path::text as "unitPath", s.supervisor_id as "supervisorId", s.name
		from people.staff s where s.agency_id = ${agencyId} and s.person_id = any(${[...personIds]}::uuid[])`.execute(
		tx
	);
	return rows.rows;
}

/**
 * Holds these people against being put into two classes at the same moment. Always after the class and in the order of
 * their ids, so that two transactions never wait for each other.
 */
export async function lockPeople(tx: Tx, personIds: readonly string[]): Promise<void> {
	if (personIds.length === 0) return;
	await sql`select pg_advisory_xact_lock(hashtextextended('classes.person:' || x.id, 0))
		from unnest(${[...new Set(personIds)].sort()}::text[]) with ordinality as x(id, place) order by x.place`.execute(
		tx
	);
}
