import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** Those of these people who work here and whom the import's file does not name. */
export async function missingPeople(
	db: Db,
	importId: string,
	personIds: readonly string[]
): Promise<{ id: string; legal_status: string }[]> {
	const { rows } = await sql<{ id: string; legal_status: string }>`
		select p.id, p.legal_status from people.person p
		where p.agency_id = (select platform.current_agency()) and p.id = any(${personIds}::uuid[])
			and p.active and p.employment_kind <> 'OFFICIAL'
			and not exists (select from people.import_row r where r.agency_id = p.agency_id and r.import_id = ${importId} and r.subject_id = p.id)`.execute(
		db
	);
	return rows;
}
