import { sql } from 'kysely';
import { refused, missing } from '#kernel/errors.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import type { SessionFacts } from '../schedule.ts';

/** A session as people are told of it, with names as they are now. Refuses: missing. */
export async function factsOf(db: Db, agencyId: string, sessionId: string): Promise<SessionFacts> {
	const rows = await sql<
		Omit<SessionFacts, 'startsAt' | 'endsAt' | 'point'> & {
			startsAt: Date;
			endsAt: Date;
			latitude: number | null;
			longitude: number | null;
		}
	>`
		select s.topic, s.mode, s.starts_at as "startsAt", s.ends_at as "endsAt", s.place, r.name as room, s.latitude, s.longitude,
			s.meeting_link as link, s.guests,
			coalesce((select array_agg(p.name order by f.sort, p.name) from classes.session_facilitator f
				join people.person p on p.agency_id = f.agency_id and p.id = f.person_id
				where f.agency_id = s.agency_id and f.session_id = s.id and f.cancelled_at is null), '{}') as facilitators
		from classes.session s left join classes.room r on r.agency_id = s.agency_id and r.id = s.room_id
		where s.agency_id = ${agencyId} and s.id = ${sessionId}`.execute(db);
	const row = rows.rows[0];
	if (!row) throw missing();
	const { startsAt, endsAt, latitude, longitude, ...facts } = row;
	return {
		...facts,
		startsAt: startsAt.toISOString(),
		endsAt: endsAt.toISOString(),
		point: latitude === null || longitude === null ? null : `${latitude}, ${longitude}`
	};
}

/** The clock on the wall of the agency's zone as instants; PostgreSQL knows the zones, so nothing here has to. */
export async function instants(
	db: Db,
	time: { on: string; from: string; minutes: number },
	zone: string
): Promise<{ startsAt: Date; endsAt: Date }> {
	const rows = await sql<{ startsAt: Date; endsAt: Date }>`
		select (${time.on}::date + ${time.from}::time) at time zone ${zone} as "startsAt",
			(${time.on}::date + ${time.from}::time) at time zone ${zone} + make_interval(mins => ${time.minutes}::int) as "endsAt"`.execute(
		db
	);
	const row = rows.rows[0];
	if (!row) throw new Error('a select without rows');
	return row;
}

/**
 * The room, held against being closed until the transaction ends. Refuses: missing, no longer in use, closed on one of
 * the days of the session (why and until when).
 */
export async function holdRoom(
	tx: Tx,
	agencyId: string,
	roomId: string,
	time: { startsAt: Date; endsAt: Date },
	zone: string
): Promise<void> {
	const rooms = await sql<{ name: string; active: boolean }>`
		select name, active from classes.room where agency_id = ${agencyId} and id = ${roomId} for share`.execute(tx);
	const room = rooms.rows[0];
	if (!room) throw missing();
	if (!room.active) throw refused('classes.room.notInUse', { room: room.name });
	const closed = await sql<{ from: string; to: string; reason: string }>`
		select to_char(c.starts_on, 'YYYY-MM-DD') as from, to_char(c.ends_on, 'YYYY-MM-DD') as to, c.reason from classes.room_closure c
		where c.agency_id = ${agencyId} and c.room_id = ${roomId}
			and c.starts_on <= (${time.endsAt}::timestamptz at time zone ${zone} - interval '1 microsecond')::date
			and c.ends_on >= (${time.startsAt}::timestamptz at time zone ${zone})::date
		order by c.starts_on limit 1`.execute(tx);
	const closure = closed.rows[0];
	if (closure) throw refused('classes.room.closedThen', { room: room.name, ...closure });
}
