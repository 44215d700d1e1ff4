import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { attendedPercent, outcomeOf, type Sheet } from '../attendance.ts';
import { isNoShow } from '../seat-rules.ts';
import { attendanceStatus, type AttendanceStatus } from '../model.ts';

export type ClassSheet = Sheet & { sessionId: string };

/** Sessions of a class that were not called off, in the order of time, with the number of marks on each sheet. */
export async function sheetsOf(db: Db, agencyId: string, classId: string): Promise<ClassSheet[]> {
	const rows = await sql<ClassSheet>`
		select s.id as "sessionId", s.topic, s.ends_at as "endsAt", (extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes,
			(select count(*)::int from classes.attendance a where a.agency_id = s.agency_id and a.session_id = s.id) as marks
		from classes.session s
		where s.agency_id = ${agencyId} and s.class_id = ${classId} and s.cancelled_at is null
		order by s.starts_at, s.sort`.execute(db);
	return rows.rows;
}

export type Outcome = {
	registrationId: string;
	personId: string;
	percent: number;
	status: 'passed' | 'failed';
	/** Held a seat and came to nothing, without an excuse. */
	noShow: boolean;
};

/** What the rule says of everybody enrolled; nobody is written yet. */
export async function outcomesOf(
	db: Db,
	agencyId: string,
	classId: string,
	sheets: readonly ClassSheet[],
	threshold: number
): Promise<Outcome[]> {
	const rows = await sql<{ id: string; person_id: string; marks: Record<string, string> | null }>`
		select r.id, r.person_id, jsonb_object_agg(a.session_id, a.status) filter (where a.session_id is not null) as marks
		from classes.registration r
		left join classes.attendance a on a.agency_id = r.agency_id and a.person_id = r.person_id
			and a.session_id = any(${sheets.map(({ sessionId }) => sessionId)}::uuid[])
		where r.agency_id = ${agencyId} and r.class_id = ${classId} and r.status = 'enrolled'
		group by r.id, r.person_id`.execute(db);
	return rows.rows.map((row) => {
		const percent = attendedPercent(sheets, marksOf(row.marks)) ?? 0;
		return {
			registrationId: row.id,
			personId: row.person_id,
			percent,
			status: outcomeOf(percent, threshold),
			noShow: isNoShow(Object.values(row.marks ?? {}))
		};
	});
}

const marksOf = (marks: Record<string, string> | null): Map<string, AttendanceStatus> =>
	new Map(Object.entries(marks ?? {}).map(([sessionId, status]) => [sessionId, attendanceStatus(status)]));
