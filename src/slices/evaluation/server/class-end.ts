import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { ClassEnd } from '../model.ts';

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

export async function classEnd(db: Db, classId: string): Promise<ClassEnd | undefined> {
	const { rows } = await sql<ClassEnd>`
		select ${END_COLUMNS}
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS}
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	return rows[0];
}
