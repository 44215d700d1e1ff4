import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { markable } from '../attendance.ts';
import { classStatus, type AttendanceStatus } from '../model.ts';
import { classStep, seatFor } from '../rules.ts';
import { outcomesOf, sheetsOf } from './outcomes.ts';

/**
 * Whole years at once, for set-up: the same rules as the commands, one statement a table. Nothing is recorded as an
 * event; whoever loads a year tells the rooms to the right itself. `tx` is a transaction of the agency.
 */
export type BulkRegistration = {
	classId: string;
	personId: string;
	requestedAt: Date;
	requestedBy: string | null;
	decidedBy: string | null;
	decidedAt: Date;
};

/**
 * Approved requests, placed in the order of their decision: enrolled while the class has seats, then waiting. Refuses:
 * somebody in two classes at the same time.
 */
export async function registrationsInBulk(
	tx: Tx,
	agencyId: string,
	rows: readonly BulkRegistration[]
): Promise<{ enrolled: number; waiting: number }> {
	const seats = await seatsOf(tx, agencyId, [...new Set(rows.map(({ classId }) => classId))]);
	const taken = new Map<string, { enrolled: number; waiting: number }>();
	const placed = [...rows]
		.sort((a, b) => a.decidedAt.getTime() - b.decidedAt.getTime())
		.map((row) => {
			const counts = taken.get(row.classId) ?? { enrolled: 0, waiting: 0 };
			const status = seatFor(seats.get(row.classId) ?? 0, counts.enrolled, counts.waiting);
			counts[status] += 1;
			taken.set(row.classId, counts);
			return { ...row, id: newId(row.requestedAt.getTime()), status };
		});
	await refuseOverlaps(tx, agencyId, placed);
	await sql`
		insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at, requested_by, decided_by, decided_at, waiting_since)
		select ${agencyId}::uuid, x.id, x."classId", x."personId", x.status, x."requestedAt", x."requestedBy", x."decidedBy", x."decidedAt",
			case when x.status = 'waiting' then x."decidedAt" end
		from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as x(id uuid, "classId" uuid, "personId" uuid, status text,
			"requestedAt" timestamptz, "requestedBy" uuid, "decidedBy" uuid, "decidedAt" timestamptz)`.execute(tx);
	const waiting = placed.filter(({ status }) => status === 'waiting').length;
	return { enrolled: placed.length - waiting, waiting };
}

export type BulkMark = {
	sessionId: string;
	personId: string;
	status: AttendanceStatus;
	markedBy: string | null;
	markedAt: Date;
};

/** Attendance sheets. Refuses: marked before the session begins, called off, somebody who is not enrolled. */
export async function attendanceInBulk(
	tx: Tx,
	agencyId: string,
	marks: readonly BulkMark[]
): Promise<number> {
	const sessions = await sessionsById(tx, agencyId, [...new Set(marks.map(({ sessionId }) => sessionId))]);
	for (const { sessionId, markedAt } of marks) {
		const session = sessions.get(sessionId);
		if (!session) throw refused('classes.attendance.notEnrolled', { name: '—' });
		markable(session, markedAt);
	}
	const written = await sql`
		insert into classes.attendance (agency_id, session_id, person_id, status, marked_by, marked_at)
		select ${agencyId}::uuid, x."sessionId", x."personId", x.status, x."markedBy", x."markedAt"
		from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as x("sessionId" uuid, "personId" uuid, status text, "markedBy" uuid, "markedAt" timestamptz)
		join classes.session s on s.agency_id = ${agencyId}::uuid and s.id = x."sessionId"
		join classes.registration r on r.agency_id = s.agency_id and r.class_id = s.class_id and r.person_id = x."personId" and r.status = 'enrolled'`.execute(
		tx
	);
	const count = Number(written.numAffectedRows ?? 0);
	if (count < marks.length)
		throw refused('classes.attendance.notEnrolled', { name: `${marks.length - count}` });
	return count;
}

/** Ends running or open classes by the attendance rule. Answers how many passed and failed in all. */
export async function closeInBulk(
	tx: Tx,
	agencyId: string,
	classIds: readonly string[],
	by: { decidedBy: string | null; at: Date }
): Promise<{ passed: number; failed: number }> {
	const totals = { passed: 0, failed: 0 };
	for (const classId of classIds) {
		const held = await tx
			.selectFrom('classes.class')
			.select(['status', 'attendance_percent'])
			.where('agency_id', '=', agencyId)
			.where('id', '=', classId)
			.forUpdate()
			.executeTakeFirstOrThrow();
		const status = classStatus(held.status);
		const running = status === 'open' ? classStep(status, 'running').status : status;
		const sheets = await sheetsOf(tx, agencyId, classId);
		const outcomes = await outcomesOf(tx, agencyId, classId, sheets, held.attendance_percent);
		for (const outcome of outcomes) totals[outcome.status] += 1;
		await sql`
			update classes.registration r set status = o.status, no_show = o.no_show, decided_by = ${by.decidedBy}::uuid, decided_at = ${by.at}::timestamptz
			from unnest(${outcomes.map(({ registrationId }) => registrationId)}::uuid[], ${outcomes.map((outcome) => outcome.status)}::text[],
				${outcomes.map(({ noShow }) => noShow)}::boolean[]) as o(id, status, no_show)
			where r.agency_id = ${agencyId} and r.id = o.id`.execute(tx);
		await sql`
			update classes.registration set status = 'rejected', decided_by = ${by.decidedBy}::uuid, decided_at = ${by.at}::timestamptz, waiting_since = null
			where agency_id = ${agencyId} and class_id = ${classId} and status in ('requested', 'waiting')`.execute(tx);
		await tx
			.updateTable('classes.class')
			.set({ status: classStep(running, 'finished').status })
			.where('agency_id', '=', agencyId)
			.where('id', '=', classId)
			.execute();
	}
	return totals;
}

async function seatsOf(tx: Tx, agencyId: string, classIds: readonly string[]): Promise<Map<string, number>> {
	if (classIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('classes.class')
		.select(['id', 'seats'])
		.where('agency_id', '=', agencyId)
		.where('id', 'in', [...classIds])
		.forUpdate()
		.execute();
	return new Map(rows.map((row) => [row.id, row.seats]));
}

async function sessionsById(tx: Tx, agencyId: string, sessionIds: readonly string[]) {
	const rows = await sql<{ id: string; topic: string; startsAt: Date; cancelled: boolean }>`
		select id, topic, starts_at as "startsAt", cancelled_at is not null as cancelled from classes.session
		where agency_id = ${agencyId} and id = any(${[...sessionIds]}::uuid[])`.execute(tx);
	return new Map(rows.rows.map((row) => [row.id, row]));
}

/** Before they are written, so that the refusal can name who, where and when; the constraint would name nobody. */
async function refuseOverlaps(
	tx: Tx,
	agencyId: string,
	placed: readonly { classId: string; personId: string; status: string }[]
): Promise<void> {
	const coming = placed.filter(({ status }) => status === 'enrolled');
	const rows = await sql<{ name: string; other: string; when: string }>`
		with hours as (
			select x."personId" as person_id, s.class_id, s.starts_at, s.ends_at
			from jsonb_to_recordset(${JSON.stringify(coming)}::jsonb) as x("classId" uuid, "personId" uuid)
			join classes.session s on s.agency_id = ${agencyId}::uuid and s.class_id = x."classId" and s.cancelled_at is null and s.mode <> 'self_paced'
		), taken as (
			select * from hours
			union all
			select t.person_id, o.class_id, t.starts_at, t.ends_at from classes.seat_time t
			join classes.session o on o.agency_id = t.agency_id and o.id = t.session_id
			where t.agency_id = ${agencyId} and t.person_id in (select h.person_id from hours h)
		)
		select p.name, c.code || ' ' || c.name as other, to_char(t.starts_at at time zone a.time_zone, 'YYYY-MM-DD"T"HH24:MI') as when
		from hours h
		join taken t on t.person_id = h.person_id and t.class_id <> h.class_id and tstzrange(h.starts_at, h.ends_at) && tstzrange(t.starts_at, t.ends_at)
		join classes.class c on c.agency_id = ${agencyId} and c.id = t.class_id
		join people.person p on p.agency_id = c.agency_id and p.id = h.person_id
		join platform.agency a on a.agency_id = c.agency_id
		limit 1`.execute(tx);
	const overlap = rows.rows[0];
	if (overlap) throw refused('classes.enrol.overlap', overlap);
}
