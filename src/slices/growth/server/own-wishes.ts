import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** What one person wished for or put aside, for their own copy (UU 27/2022 Ps 7, 13). Asks nobody's permission. */
export async function wishesOf(db: Db, personId: string) {
	const { rows } = await sql<{
		program: string;
		status: string;
		reason: string;
		at: Date;
		closedAt: Date | null;
	}>`
		select p.name as program, w.status, w.reason, w.at, w.closed_at as "closedAt" from growth.wish w
		join programs.program p on p.agency_id = w.agency_id and p.id = w.program_id
		where w.agency_id = (select platform.current_agency()) and w.person_id = ${personId} order by w.at, w.id`.execute(
		db
	);
	return rows;
}
