import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { Standing } from '../check-in.ts';
import { attendanceStatus, classStatus } from '../model.ts';
import { isFor } from './visible.ts';

export type Asked = { sessionId: string; personId: string; device: string };

export type Known = Standing & {
	classId: string;
	topic: string;
	zone: string;
	/** Key of the session's codes; null while nobody has begun to take attendance by code. */
	secret: string | null;
	checkOut: boolean;
	/** Who checked in with this device, if anybody. */
	deviceOf: string | null;
};

type Row = {
	place: number;
	class_id: string;
	class_status: string;
	topic: string;
	zone: string;
	starts_at: Date;
	ends_at: Date;
	cancelled: boolean;
	latitude: number | null;
	longitude: number | null;
	radius_m: number | null;
	secret: string | null;
	late_minutes: number | null;
	check_out: boolean | null;
	closed: boolean;
	enrolled: boolean;
	mark: string | null;
	via: string | null;
	checked_in_at: Date | null;
	checked_out_at: Date | null;
	device: string | null;
	device_of: string | null;
	guesses: number;
	contact_at: Date | null;
	skew_s: number | null;
};

/**
 * What is known of many scans, in one statement; null where the session is not of this agency. Holds the classes until
 * the transaction ends, in the order of their ids, as whoever finishes one does: no check-in slips in behind the end.
 */
export async function scanFacts(
	tx: Tx,
	agencyId: string,
	asked: readonly Asked[]
): Promise<(Known | null)[]> {
	if (asked.length === 0) return [];
	const sessionIds = [...new Set(asked.map(({ sessionId }) => sessionId))];
	await sql`
		select c.id from classes.class c
		where c.agency_id = ${agencyId} and c.id in (select s.class_id from classes.session s
			where s.agency_id = ${agencyId} and s.id = any(${sessionIds}::uuid[]))
		order by c.id for no key update`.execute(tx);
	const rows = await sql<Row>`
		select q.place::int, c.id as class_id, c.status as class_status, s.topic, g.time_zone as zone, s.starts_at, s.ends_at,
			s.cancelled_at is not null as cancelled, s.latitude, s.longitude, s.radius_m,
			h.secret, h.late_minutes, h.check_out, h.closed_at is not null as closed,
			coalesce(r.status in ('enrolled', 'passed', 'failed') and ${isFor('r')}, false) as enrolled,
			a.status as mark, a.via, a.checked_in_at, a.checked_out_at, a.device, d.person_id as device_of,
			coalesce(w.times, 0) as guesses, k.at as contact_at, k.skew_s
		from unnest(${asked.map((one) => one.sessionId)}::uuid[], ${asked.map((one) => one.personId)}::uuid[],
			${asked.map((one) => one.device)}::text[]) with ordinality as q(session_id, person_id, device, place)
		join classes.session s on s.agency_id = ${agencyId} and s.id = q.session_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join platform.agency g on g.agency_id = s.agency_id
		left join classes.sheet h on h.agency_id = s.agency_id and h.session_id = s.id
		left join classes.registration r on r.agency_id = s.agency_id and r.class_id = s.class_id and r.person_id = q.person_id
		left join classes.attendance a on a.agency_id = s.agency_id and a.session_id = s.id and a.person_id = q.person_id
		left join classes.attendance d on d.agency_id = s.agency_id and d.session_id = s.id and d.device = q.device
		left join classes.refused_scan w on w.agency_id = s.agency_id and w.session_id = s.id and w.person_id = q.person_id
			and w.reason = 'wrongCode'
		left join classes.contact k on k.agency_id = s.agency_id and k.person_id = q.person_id and k.device = q.device
		order by q.place`.execute(tx);
	const known = new Map(rows.rows.map((row) => [row.place - 1, knownOf(row)]));
	return asked.map((_, at) => known.get(at) ?? null);
}

const knownOf = (row: Row): Known => ({
	classId: row.class_id,
	topic: row.topic,
	zone: row.zone,
	secret: row.secret,
	checkOut: row.check_out ?? false,
	startsAt: row.starts_at,
	endsAt: row.ends_at,
	cancelled: row.cancelled || row.class_status === 'cancelled',
	classStatus: classStatus(row.class_status),
	lateMinutes: row.late_minutes ?? 0,
	closed: row.closed,
	fence:
		row.latitude === null || row.longitude === null || row.radius_m === null
			? null
			: { latitude: row.latitude, longitude: row.longitude, radiusM: row.radius_m },
	enrolled: row.enrolled,
	mark:
		row.mark === null
			? null
			: {
					status: attendanceStatus(row.mark),
					byHand: row.via === 'hand',
					inAt: row.checked_in_at,
					outAt: row.checked_out_at,
					device: row.device
				},
	deviceTaken: false,
	deviceOf: row.device_of,
	guesses: row.guesses,
	contact: row.contact_at === null ? null : { at: row.contact_at, skewS: row.skew_s ?? 0 }
});
