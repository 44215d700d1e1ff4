import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { attendedPercent, outcomeOf, type Sheet } from '../attendance.ts';
import { LEAVES_EARLY_MINUTES } from '../check-in.ts';
import { attendanceStatus } from '../model.ts';
import { isNoShow } from '../seat-rules.ts';

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

/** What the rule says of everybody enrolled, or of one person also after the end; nobody is written yet. */
export async function outcomesOf(
	db: Db,
	agencyId: string,
	classId: string,
	sheets: readonly ClassSheet[],
	threshold: number,
	personId: string | null = null
): Promise<Outcome[]> {
	const rows = await sql<{ id: string; person_id: string; marks: Record<string, Mark> | null }>`
		select r.id, r.person_id, jsonb_object_agg(a.session_id, jsonb_build_object('status', a.status, 'stayed',
			case when a.checked_out_at < s.ends_at - make_interval(mins => ${LEAVES_EARLY_MINUTES})
				then greatest(0, floor(extract(epoch from a.checked_out_at - s.starts_at) / 60)) end)) filter (where a.session_id is not null) as marks
		from classes.registration r
		left join classes.attendance a on a.agency_id = r.agency_id and a.person_id = r.person_id
			and a.session_id = any(${sheets.map(({ sessionId }) => sessionId)}::uuid[])
		left join classes.session s on s.agency_id = a.agency_id and s.id = a.session_id
		where r.agency_id = ${agencyId} and r.class_id = ${classId}
			and ${personId === null ? sql`r.status = 'enrolled'` : sql`r.person_id = ${personId} and r.status in ('enrolled', 'passed', 'failed')`}
		group by r.id, r.person_id`.execute(db);
	const members = await membersBySession(db, agencyId, sheets);
	return rows.rows.map((row) => {
		// A session for some of the class, such as a pair of a coaching, is nobody else's to miss.
		const own = sheets.filter(({ sessionId }) => members.get(sessionId)?.has(row.person_id) ?? true);
		const marks = Object.entries(row.marks ?? {});
		const percent =
			attendedPercent(
				own,
				new Map(marks.map(([sessionId, { status }]) => [sessionId, attendanceStatus(status)])),
				new Map(marks.flatMap(([sessionId, { stayed }]) => (stayed === null ? [] : [[sessionId, stayed]])))
			) ?? 0;
		return {
			registrationId: row.id,
			personId: row.person_id,
			percent,
			status: outcomeOf(percent, threshold),
			noShow: isNoShow(marks.map(([, { status }]) => status))
		};
	});
}

async function membersBySession(db: Db, agencyId: string, sheets: readonly ClassSheet[]) {
	const rows = await db
		.selectFrom('classes.session_member')
		.select(['session_id', 'person_id'])
		.where('agency_id', '=', agencyId)
		.where('session_id', '=', sql<string>`any(${sheets.map(({ sessionId }) => sessionId)}::uuid[])`)
		.execute();
	const members = new Map<string, Set<string>>();
	for (const { session_id, person_id } of rows)
		members.set(session_id, (members.get(session_id) ?? new Set()).add(person_id));
	return members;
}

type Mark = { status: string; stayed: number | null };
