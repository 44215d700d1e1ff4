import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';

/**
 * One import of an agency at a time, checking or applying: a dry run speaks of what stands still. Also keeps the planner
 * from nested loops in this transaction: of an agency that has just been made, or of rows written a moment ago, it
 * has no statistics, believes in one row, and would take minutes instead of a second.
 */
export async function lockImports(tx: Tx, agencyId: string): Promise<void> {
	await sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`.execute(tx);
	await sql`select pg_advisory_xact_lock(hashtextextended('people.import:' || ${agencyId}::text, 0))`.execute(
		tx
	);
}

/** Locks one import. Refuses: none of this agency. */
export async function lockImport(tx: Tx, agencyId: string, importId: string) {
	await lockImports(tx, agencyId);
	const row = await tx
		.selectFrom('people.import')
		.select(['id', 'kind', 'status', 'columns', 'created_at', 'applied_at', 'applied_by'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', importId)
		.forUpdate()
		.executeTakeFirst();
	if (!row) throw missing();
	return row;
}
