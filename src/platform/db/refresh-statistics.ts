import { sql } from 'kysely';
import type { Db } from './db.ts';

/**
 * Tells the planner what a table holds, after work that filled it in one go; as late in a transaction as what follows
 * allows, because nobody else can do the same to that table until it ends. 0.1 s for a table of a city's people.
 */
export async function refreshStatistics(db: Db, ...tables: readonly `${string}.${string}`[]): Promise<void> {
	await sql`select platform.refresh_statistics(variadic ${tables}::regclass[])`.execute(db);
}
