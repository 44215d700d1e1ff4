import { sql, type Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';

/** Every agency of the installation and its time zone, in the order of ids. Only `worker` may list them. */
export async function allAgencies(worker: Kysely<DB>): Promise<{ id: string; zone: string }[]> {
	const { rows } = await sql<{ id: string; zone: string }>`
		select agency_id as id, time_zone as zone from platform.agency order by agency_id`.execute(worker);
	return rows;
}
