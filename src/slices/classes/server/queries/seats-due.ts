import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { DEFAULT_POLICY } from '../../seat-rules.ts';

/** What the clock has to do in this agency: classes with an offer that nobody answered, and whether a request lies too long. */
export async function seatsDue(db: Db, now: Date): Promise<{ classes: string[]; late: boolean }> {
	const { rows } = await sql<{ classes: string[]; late: boolean }>`
		select array(select distinct r.class_id from classes.registration r
				join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status = 'open'
				where r.agency_id = platform.current_agency() and r.status = 'offered' and r.answer_by < ${now}) as classes,
			exists (select from classes.registration r
				join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status in ('open', 'running')
				left join classes.seat_policy p on p.agency_id = r.agency_id
				where r.agency_id = platform.current_agency() and r.status = 'requested' and r.escalated_at is null
					and r.requested_at < ${now}::timestamptz - make_interval(hours => coalesce(p.decide_hours, ${DEFAULT_POLICY.decideHours}))) as late`.execute(
		db
	);
	return rows[0] ?? { classes: [], late: false };
}
