import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { SESSION_EARLY_MINUTES, SESSION_REACTION_DAYS, type ClassEnd, type FormKey } from '../model.ts';

/** Lateral row `t` of a class `c` and its agency `a`: when its last session ended, and on which civil day. */
export const END_OF_CLASS = sql`
	cross join lateral (
		select max(s.ends_at) as last_end, coalesce(max((s.ends_at at time zone a.time_zone)::date), c.ends_on) as last_day
		from classes.session s
		where s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at is null
	) t`;

/** The columns of a `ClassEnd`, from `c` and `t`. */
export const END_COLUMNS = sql`
	c.status not in ('planned', 'cancelled') as held, c.status = 'finished' as finished,
	t.last_end as "lastSessionEndsAt", t.last_day as "lastDay"`;

/** The same of a session `s` of class `c`: taken from its last minutes on, for fewer days, and shown without waiting for the class. */
export const END_OF_SESSION = sql`
	c.status not in ('planned', 'cancelled') and s.cancelled_at is null as held, true as finished,
	s.ends_at - make_interval(mins => ${SESSION_EARLY_MINUTES}) as "lastSessionEndsAt",
	(s.ends_at at time zone a.time_zone)::date as "lastDay", ${SESSION_REACTION_DAYS}::int as days`;

/** The sessions of class `c` with their numbers in time, as people count them: those of short addresses. */
export const NUMBERED = sql`(select s.id, row_number() over (order by s.starts_at, s.id)::int as number
	from classes.session s where s.agency_id = c.agency_id and s.class_id = c.id)`;

/** When the form of a class or of one of its sessions is taken; undefined when there is no such class or session. */
export async function formEnd(db: Db, { classId, sessionId }: FormKey): Promise<ClassEnd | undefined> {
	if (sessionId === null) return classEnd(db, classId);
	const { rows } = await sql<ClassEnd>`
		select ${END_OF_SESSION}
		from classes.session s
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join platform.agency a on a.agency_id = c.agency_id
		where s.agency_id = platform.current_agency() and s.class_id = ${classId} and s.id = ${sessionId}`.execute(
		db
	);
	return rows[0];
}

export async function classEnd(db: Db, classId: string): Promise<ClassEnd | undefined> {
	const { rows } = await sql<ClassEnd>`
		select ${END_COLUMNS}
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS}
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	return rows[0];
}
