import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export type Busy = { personId: string; name: string; other: string; when: string };

/**
 * Who of these people has a seat in another class at the time of a session of this one; each once, with the earliest
 * clash. Self-paced sessions bind nobody to an hour. One statement for any number of people.
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
		select distinct on (r.person_id) r.person_id as "personId", p.name, c.code || ' ' || c.name as other,
			to_char(o.starts_at at time zone ${zone}, 'YYYY-MM-DD"T"HH24:MI') as when
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status <> 'cancelled'
		join classes.session o on o.agency_id = c.agency_id and o.class_id = c.id and o.cancelled_at is null and o.mode <> 'self_paced'
		join classes.session s on s.agency_id = r.agency_id and s.class_id = ${classId} and s.cancelled_at is null and s.mode <> 'self_paced'
			and tstzrange(s.starts_at, s.ends_at) && tstzrange(o.starts_at, o.ends_at)
		join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
		where r.agency_id = ${agencyId} and r.class_id <> ${classId} and r.person_id = any(${[...personIds]}::uuid[])
			and r.status in ('enrolled', 'passed', 'failed')
		order by r.person_id, o.starts_at`.execute(db);
	return rows.rows;
}

export type Engagement = { name: string; other: string; when: string };

/** Where a facilitator already teaches in this time; undefined when free. */
export async function teachesElsewhere(
	db: Db,
	agencyId: string,
	facilitatorId: string,
	startsAt: Date,
	endsAt: Date,
	exceptSession: string | null,
	zone: string
): Promise<Engagement | undefined> {
	const rows = await sql<Engagement>`
		select p.name, c.code || ' ' || c.name as other, to_char(s.starts_at at time zone ${zone}, 'YYYY-MM-DD"T"HH24:MI') as when
		from classes.session s
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join people.person p on p.agency_id = s.agency_id and p.id = s.facilitator_id
		where s.agency_id = ${agencyId} and s.facilitator_id = ${facilitatorId} and s.cancelled_at is null
			and tstzrange(s.starts_at, s.ends_at) && tstzrange(${startsAt}, ${endsAt})
			and s.id is distinct from ${exceptSession}::uuid
		order by s.starts_at limit 1`.execute(db);
	return rows.rows[0];
}
