import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canManage, canSeeRooms } from '../../access.ts';

export type RoomRow = {
	id: string;
	code: string;
	name: string;
	seats: number;
	unit_id: string | null;
	unit: string | null;
	address: string;
	latitude: number | null;
	longitude: number | null;
	active: boolean;
	/** Sessions that still stand in it. */
	ahead: number;
	/** Of them, those on days when it is closed. */
	stranded: number;
	/** The closure of today or the next one. */
	closed_from: string | null;
	closed_to: string | null;
	closed_reason: string | null;
};

const roomRows = (agencyId: string, now: Date, roomId: string | null) => sql<RoomRow>`
	select r.id, r.code, r.name, r.seats, r.unit_id, u.name as unit, r.address, r.latitude, r.longitude, r.active,
		n.ahead, n.stranded, k.starts_on as closed_from, k.ends_on as closed_to, k.reason as closed_reason
	from classes.room r
	join platform.agency a on a.agency_id = r.agency_id
	left join people.unit u on u.agency_id = r.agency_id and u.id = r.unit_id
	cross join lateral (
		select count(*)::int as ahead, count(*) filter (where exists (select from classes.room_closure c
			where c.agency_id = s.agency_id and c.room_id = s.room_id and c.starts_on <= (s.ends_at at time zone a.time_zone - interval '1 microsecond')::date
				and c.ends_on >= (s.starts_at at time zone a.time_zone)::date))::int as stranded
		from classes.session s
		where s.agency_id = r.agency_id and s.room_id = r.id and s.cancelled_at is null and s.ends_at > ${now}
	) n
	left join lateral (
		select c.starts_on, c.ends_on, c.reason from classes.room_closure c
		where c.agency_id = r.agency_id and c.room_id = r.id and c.ends_on >= (${now}::timestamptz at time zone a.time_zone)::date
		order by c.starts_on limit 1
	) k on true
	where r.agency_id = ${agencyId} and (${roomId}::uuid is null or r.id = ${roomId}::uuid)
	order by r.active desc, r.name limit 500`;

/** All rooms with what still stands in them, those in use first. Refuses: missing, for whoever has no business there. */
export async function roomsOf(db: Db, actor: Actor, now: Date) {
	if (!canSeeRooms(actor)) throw missing();
	const rows = await roomRows(actor.agencyId, now, null).execute(db);
	return { rooms: rows.rows, can: { manage: canManage(actor) } };
}

/** One room with its closures and what stands in it from now on, on closed days too. Refuses: missing. */
export async function roomById(db: Db, actor: Actor, roomId: string, now: Date) {
	if (!canSeeRooms(actor)) throw missing();
	const room = (await roomRows(actor.agencyId, now, roomId).execute(db)).rows[0];
	if (!room) throw missing();
	const closures = await sql<{
		id: string;
		starts_on: string;
		ends_on: string;
		reason: string;
		over: boolean;
	}>`
		select c.id, c.starts_on, c.ends_on, c.reason, c.ends_on < (${now}::timestamptz at time zone a.time_zone)::date as over
		from classes.room_closure c join platform.agency a on a.agency_id = c.agency_id
		where c.agency_id = ${actor.agencyId} and c.room_id = ${roomId} order by c.starts_on desc limit 50`.execute(
		db
	);
	return {
		room,
		closures: closures.rows,
		sessions: await sessionsInRoom(db, actor.agencyId, roomId, { from: now, to: null }),
		can: { manage: canManage(actor) }
	};
}

export type SessionInRoom = {
	id: string;
	topic: string;
	class_id: string;
	class: string;
	starts_at: Date;
	ends_at: Date;
	people: number;
	/** Why the room is closed on its day. */
	closed: string | null;
};

/** Sessions that stand in a room, by time; `days` keeps those that touch them on the agency's calendar. */
export async function sessionsInRoom(
	db: Db,
	agencyId: string,
	roomId: string,
	time: { from: Date; to: Date | null; days?: { startsOn: string; endsOn: string } }
): Promise<SessionInRoom[]> {
	const { startsOn = null, endsOn = null } = time.days ?? {};
	const rows = await sql<SessionInRoom>`
		select s.id, s.topic, s.class_id, c.name as class, s.starts_at, s.ends_at,
			(select count(*)::int from classes.seat_time t where t.agency_id = s.agency_id and t.session_id = s.id and not t.teaches) as people,
			(select k.reason from classes.room_closure k where k.agency_id = s.agency_id and k.room_id = s.room_id
				and k.starts_on <= l.last and k.ends_on >= l.first order by k.starts_on limit 1) as closed
		from classes.session s
		join platform.agency a on a.agency_id = s.agency_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		cross join lateral (select (s.starts_at at time zone a.time_zone)::date as first,
			(s.ends_at at time zone a.time_zone - interval '1 microsecond')::date as last) l
		where s.agency_id = ${agencyId} and s.room_id = ${roomId} and s.cancelled_at is null and s.ends_at > ${time.from}
			and (${time.to}::timestamptz is null or s.starts_at < ${time.to}::timestamptz)
			and (${startsOn}::date is null or (l.first <= ${endsOn}::date and l.last >= ${startsOn}::date))
		order by s.starts_at limit 500`.execute(db);
	return rows.rows;
}

/** Rooms to choose for a session: those in use, and the one it stands in. */
export async function roomChoices(db: Db, actor: Actor, current: string | null = null) {
	const rows = await sql<{ id: string; name: string; seats: number }>`
		select id, name, seats from classes.room
		where agency_id = ${actor.agencyId} and (active or id = ${current}::uuid) order by name limit 500`.execute(
		db
	);
	return rows.rows;
}

/** Units that may own a room: those in force today, by their place in the tree. */
export async function owningUnits(db: Db, actor: Actor) {
	if (!canManage(actor)) throw missing();
	const rows = await sql<{ id: string; name: string }>`
		select id, name from people.unit where agency_id = ${actor.agencyId} and valid_to is null and nlevel(path) <= 2
		order by path limit 500`.execute(db);
	return rows.rows;
}
