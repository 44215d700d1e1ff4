import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** A learning that counts, for a person's timeline. */
export type Learned = { id: string; title: string; from: string; provider: string; hours: number };

/** Of a person, newest first. Asks no permission: the page has (`canSeeHours`). */
export async function learnedBy(db: Db, personId: string, most = 60): Promise<Learned[]> {
	const { rows } = await sql<Learned>`
		select e.id, e.title, e.starts_on as "from", e.provider, e.learning_hours::float8 as hours
		from credentials.jp_entry e
		where e.agency_id = (select platform.current_agency()) and e.person_id = ${personId} and e.status = 'counted'
		order by e.starts_on desc, e.id limit ${most}`.execute(db);
	return rows;
}
