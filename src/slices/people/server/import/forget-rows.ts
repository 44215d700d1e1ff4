import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';

/**
 * An import that was applied keeps of its rows whom or what each was about, and what undoing and the source of a value
 * need: which fields changed, and from what. Wrong rows stay until the dry run would have expired, so that they can
 * still be taken away and mended.
 */
export async function forgetRows(tx: Tx, agencyId: string, importId: string): Promise<void> {
	await sql`update people.import_row set label = '', data = '{}', problems = null, cells = null
		where agency_id = ${agencyId} and import_id = ${importId} and outcome <> 'wrong'`.execute(tx);
	// The file is given back whole or not at all.
	await sql`update people.import_row set cells = null
		where agency_id = ${agencyId} and import_id = ${importId} and outcome = 'wrong'`.execute(tx);
}
