import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** `teaches`: there as a facilitator, else with a seat. `when` in the agency's zone. */
export type Busy = { personId: string; name: string; other: string; when: string; teaches: boolean };

/**
 * Who of these people has to be in another class at the time of a session of this one that would be theirs; each once,
 * with the earliest clash. Self-paced sessions bind nobody to an hour. One statement for any number of people.
 */
export async function busyElsewhere(
	db: Db,
	agencyId: string,
	classId: string,
	personIds: readonly string[],
	zone: string
): Promise<Busy[]> {
	if (personIds.length === 0) return [];
	const rows = await sql<Busy>`
		select distinct on (t.person_id) t.person_id as "personId", p.name, c.code || ' ' || c.name as other, t.teaches,
			to_char(t.starts_at at time zone ${zone}, 'YYYY-MM-DD"T"HH24:MI') as when
		from classes.session s
		join classes.seat_time t on t.agency_id = s.agency_id and t.person_id = any(${[...personIds]}::uuid[])
			and tstzrange(s.starts_at, s.ends_at) && tstzrange(t.starts_at, t.ends_at)
		join classes.session o on o.agency_id = t.agency_id and o.id = t.session_id and o.class_id <> s.class_id
		join classes.class c on c.agency_id = o.agency_id and c.id = o.class_id
		join people.person p on p.agency_id = t.agency_id and p.id = t.person_id
		where s.agency_id = ${agencyId} and s.class_id = ${classId} and s.cancelled_at is null and s.mode <> 'self_paced'
			and (not exists (select from classes.session_member m where m.agency_id = s.agency_id and m.session_id = s.id)
				or exists (select from classes.session_member m where m.agency_id = s.agency_id and m.session_id = s.id and m.person_id = t.person_id))
		order by t.person_id, t.starts_at`.execute(db);
	return rows.rows;
}

export type Engagement = Busy & { sameClass: boolean; topic: string };

/** Who of these people has to be in another session, of any class, in this time; each once, with the earliest clash. */
export async function engagedAt(
	db: Db,
	agencyId: string,
	personIds: readonly string[],
	time: { startsAt: Date; endsAt: Date },
	session: { id: string | null; classId: string },
	zone: string
): Promise<Engagement[]> {
	if (personIds.length === 0) return [];
	const rows = await sql<Engagement>`
		select distinct on (t.person_id) t.person_id as "personId", p.name, c.code || ' ' || c.name as other, t.teaches, o.topic,
			o.class_id = ${session.classId} as "sameClass", to_char(t.starts_at at time zone ${zone}, 'YYYY-MM-DD"T"HH24:MI') as when
		from classes.seat_time t
		join classes.session o on o.agency_id = t.agency_id and o.id = t.session_id
		join classes.class c on c.agency_id = o.agency_id and c.id = o.class_id
		join people.person p on p.agency_id = t.agency_id and p.id = t.person_id
		where t.agency_id = ${agencyId} and t.person_id = any(${[...personIds]}::uuid[])
			and tstzrange(t.starts_at, t.ends_at) && tstzrange(${time.startsAt}::timestamptz, ${time.endsAt}::timestamptz)
			and t.session_id is distinct from ${session.id}::uuid
		order by t.person_id, t.starts_at`.execute(db);
	return rows.rows;
}

export type RoomTaken = { room: string; other: string; topic: string; when: string };

/** What already stands in a room in this time; undefined when it is free. */
export async function roomTakenAt(
	db: Db,
	agencyId: string,
	roomId: string,
	time: { startsAt: Date; endsAt: Date },
	exceptSession: string | null,
	zone: string
): Promise<RoomTaken | undefined> {
	const rows = await sql<RoomTaken>`
		select r.name as room, c.code || ' ' || c.name as other, s.topic, to_char(s.starts_at at time zone ${zone}, 'YYYY-MM-DD"T"HH24:MI') as when
		from classes.session s
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join classes.room r on r.agency_id = s.agency_id and r.id = s.room_id
		where s.agency_id = ${agencyId} and s.room_id = ${roomId} and s.cancelled_at is null and s.mode <> 'self_paced'
			and tstzrange(s.starts_at, s.ends_at) && tstzrange(${time.startsAt}::timestamptz, ${time.endsAt}::timestamptz)
			and s.id is distinct from ${exceptSession}::uuid
		order by s.starts_at limit 1`.execute(db);
	return rows.rows[0];
}
