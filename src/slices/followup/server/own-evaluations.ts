import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/**
 * That others were asked about one person after a class, and until when, for their own copy (UU 27/2022 Ps 7, 13). Asks
 * nobody's permission. What they said is theirs and shows as a group of three or more on one's page alone.
 */
export async function evaluationsAbout(db: Db, personId: string) {
	const { rows } = await sql<{ code: string; opensOn: string; closesOn: string; closedAt: Date | null }>`
		select c.code, e.opens_on as "opensOn", e.closes_on as "closesOn", e.closed_at as "closedAt" from followup.evaluation e
		join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
		where e.agency_id = (select platform.current_agency()) and e.person_id = ${personId} order by e.opens_on, c.code`.execute(
		db
	);
	return rows;
}
