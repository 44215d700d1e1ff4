import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { IMPORT_NEXT, type ImportStatus } from '../../model.ts';

/**
 * One import of an agency at a time, checking or applying: a dry run speaks of what stands still. Also keeps the planner
 * from nested loops in this transaction: of an agency that has just been made, or of rows written a moment ago, it
 * has no statistics, believes in one row, and would take minutes instead of a second. Tens of thousands of rows are
 * sorted and joined in memory: in what a page's statement gets they spill to the disk.
 */
export async function lockImports(tx: Tx, agencyId: string): Promise<void> {
	await sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true), set_config('work_mem', '64MB', true)`.execute(
		tx
	);
	await sql`select pg_advisory_xact_lock(hashtextextended('people.import:' || ${agencyId}::text, 0))`.execute(
		tx
	);
}

const importOf = (tx: Tx, agencyId: string, importId: string) =>
	tx
		.selectFrom('people.import')
		.select(['id', 'kind', 'status', 'columns', 'counts', 'applied_at', 'applied_by', 'file_name'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', importId);

/** Locks one import. Refuses: none of this agency. */
export async function lockImport(tx: Tx, agencyId: string, importId: string) {
	await lockImports(tx, agencyId);
	const row = await importOf(tx, agencyId, importId).forUpdate().executeTakeFirst();
	if (!row) throw missing();
	return row;
}

/**
 * Locks the wish to apply one import, not the import itself: whoever presses while it is being applied is answered at
 * once. Refuses: none of this agency.
 */
export async function lockQueueing(tx: Tx, agencyId: string, importId: string) {
	await sql`select pg_advisory_xact_lock(hashtextextended('people.queueImport:' || ${importId}::text, 0))`.execute(
		tx
	);
	const row = await importOf(tx, agencyId, importId).executeTakeFirst();
	if (!row) throw missing();
	return row;
}

type ImportState = Pick<Awaited<ReturnType<typeof lockImport>>, 'status' | 'applied_at' | 'applied_by'>;

/** Refuses: applied already (by whom, when), undone, discarded or forgotten. */
export function refuseUnlessChecked(found: ImportState): void {
	if (found.status === 'applied')
		throw refused('people.import.alreadyApplied', {
			who: found.applied_by ?? '',
			at: found.applied_at?.toISOString() ?? ''
		});
	if (found.status === 'expired') throw refused('people.import.expired');
	if (found.status === 'undone') throw refused('people.import.alreadyUndone');
	if (found.status !== 'checked') throw refused('people.import.alreadyDiscarded');
}

// Named narrowing: a check constraint keeps the column to these words.
export const statusOf = (text: string): ImportStatus =>
	text in IMPORT_NEXT ? (text as ImportStatus) : 'discarded';
