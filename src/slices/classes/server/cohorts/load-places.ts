import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { mayTeach } from '../teachers.ts';

/** A room or a facilitator that is free at all hours for which a class of the split still lacks one, the best first. */
export type FreeRoom = { classId: string; id: string; name: string; seats: number; unitId: string | null };
export type FreeFacilitator = { classId: string; id: string; name: string };

export type Candidates = {
	/** Classes that lack a room, or somebody who teaches, in a session; only when the split has candidates for it. */
	roomless: ReadonlySet<string>;
	unled: ReadonlySet<string>;
	rooms: readonly FreeRoom[];
	facilitators: readonly FreeFacilitator[];
};

/** A session in class needs a room unless it has one, a point on the map or a place in words. */
export const lacksRoom = sql<boolean>`x.cancelled_at is null and x.mode = 'class' and x.room_id is null and x.latitude is null and x.place = ''`;
/** Speakers from outside teach as well as anybody. */
export const lacksFacilitator = sql<boolean>`x.cancelled_at is null and x.mode <> 'self_paced' and x.guests = '' and not exists (
	select from classes.session_facilitator f where f.agency_id = x.agency_id and f.session_id = x.id and f.cancelled_at is null)`;

/**
 * Whom and what a split may give to its classes now: rooms in use with all the seats of the class, not closed and not
 * taken then; people who are neither away nor elsewhere then, nor nominated themselves. Smallest room first; of
 * facilitators those who taught the program most.
 */
export async function candidatesOf(db: Db, splitId: string): Promise<Candidates> {
	const lacking = await sql<{ classId: string; room: boolean; facilitator: boolean }>`
		select k.class_id as "classId",
			exists (select from classes.split_room c where c.agency_id = k.agency_id and c.split_id = k.split_id)
				and exists (select from classes.session x where x.agency_id = k.agency_id and x.class_id = k.class_id and ${lacksRoom}) as room,
			exists (select from classes.split_facilitator c where c.agency_id = k.agency_id and c.split_id = k.split_id)
				and exists (select from classes.session x where x.agency_id = k.agency_id and x.class_id = k.class_id and ${lacksFacilitator}) as facilitator
		from classes.split_class k
		where k.agency_id = (select platform.current_agency()) and k.split_id = ${splitId}`.execute(db);
	const roomless = lacking.rows.flatMap(({ classId, room }) => (room ? [classId] : []));
	const unled = lacking.rows.flatMap(({ classId, facilitator }) => (facilitator ? [classId] : []));
	return {
		roomless: new Set(roomless),
		unled: new Set(unled),
		rooms: roomless.length === 0 ? [] : await freeRooms(db, splitId, roomless),
		facilitators: unled.length === 0 ? [] : await freeFacilitators(db, splitId, unled)
	};
}

async function freeRooms(db: Db, splitId: string, classIds: readonly string[]): Promise<FreeRoom[]> {
	const { rows } = await sql<FreeRoom>`
		select c.id as "classId", r.id, r.name, r.seats, r.unit_id as "unitId"
		from classes.split_class k
		join classes.class c on c.agency_id = k.agency_id and c.id = k.class_id
		join platform.agency g on g.agency_id = k.agency_id
		join classes.split_room w on w.agency_id = k.agency_id and w.split_id = k.split_id
		join classes.room r on r.agency_id = w.agency_id and r.id = w.room_id and r.active and r.seats >= c.seats
		where k.agency_id = (select platform.current_agency()) and k.split_id = ${splitId} and c.id = any(${[...classIds]}::uuid[])
			and not exists (select from classes.session x where x.agency_id = c.agency_id and x.class_id = c.id and ${lacksRoom} and (
				exists (select from classes.room_closure z where z.agency_id = r.agency_id and z.room_id = r.id
					and z.starts_on <= (x.ends_at at time zone g.time_zone - interval '1 microsecond')::date
					and z.ends_on >= (x.starts_at at time zone g.time_zone)::date)
				or exists (select from classes.session o where o.agency_id = r.agency_id and o.room_id = r.id and o.cancelled_at is null
					and o.mode <> 'self_paced' and tstzrange(o.starts_at, o.ends_at) && tstzrange(x.starts_at, x.ends_at))))
		order by c.id, r.id is distinct from k.room_id, r.seats, r.name, r.id`.execute(db);
	return rows;
}

async function freeFacilitators(
	db: Db,
	splitId: string,
	classIds: readonly string[]
): Promise<FreeFacilitator[]> {
	const { rows } = await sql<FreeFacilitator>`
		with taught as materialized (
			select f.person_id, count(*) as times from classes.session_facilitator f
			join classes.session x on x.agency_id = f.agency_id and x.id = f.session_id and x.cancelled_at is null
			join classes.class c on c.agency_id = x.agency_id and c.id = x.class_id
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
			join classes.split t on t.agency_id = v.agency_id and t.id = ${splitId} and t.program_id = v.program_id
			where f.agency_id = (select platform.current_agency()) and f.cancelled_at is null group by f.person_id
		)
		select c.id as "classId", p.person_id as id, p.name
		from classes.split_class k
		join classes.class c on c.agency_id = k.agency_id and c.id = k.class_id
		join platform.agency g on g.agency_id = k.agency_id
		join classes.split_facilitator w on w.agency_id = k.agency_id and w.split_id = k.split_id
		join people.staff p on p.agency_id = w.agency_id and p.person_id = w.person_id
		left join taught h on h.person_id = p.person_id
		where k.agency_id = (select platform.current_agency()) and k.split_id = ${splitId} and c.id = any(${[...classIds]}::uuid[])
			and not exists (select from classes.split_person n where n.agency_id = k.agency_id and n.split_id = k.split_id and n.person_id = p.person_id)
			and not exists (select from classes.session x where x.agency_id = c.agency_id and x.class_id = c.id and ${lacksFacilitator} and (
				exists (select from classes.seat_time t where t.agency_id = p.agency_id and t.person_id = p.person_id
					and tstzrange(t.starts_at, t.ends_at) && tstzrange(x.starts_at, x.ends_at))
				or exists (select from classes.absence a where a.agency_id = p.agency_id and a.person_id = p.person_id
					and a.starts_on <= (x.ends_at at time zone g.time_zone)::date and a.ends_on >= (x.starts_at at time zone g.time_zone)::date)))
		order by c.id, p.person_id is distinct from k.facilitator_id, coalesce(h.times, 0) desc, p.name, p.person_id`.execute(
		db
	);
	return rows;
}

/** Rooms in use, and who may be asked to teach: what a split begins with. */
export const roomIdsInUse = sql<string>`select r.id from classes.room r where r.agency_id = (select platform.current_agency()) and r.active`;
export const teacherIds = sql<string>`select s.person_id from people.staff s
	where s.agency_id = (select platform.current_agency()) and ${mayTeach('s')}`;
