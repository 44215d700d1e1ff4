import { sql, type Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';

const KEY = 'demo_state';
/** Read by the start, which prints them. */
export const DEMO_ACCOUNTS = 'demo_accounts';

export type DemoState = 'none' | 'loading' | 'complete';

export async function demoState(owner: Kysely<DB>): Promise<DemoState> {
	const row = await owner
		.selectFrom('platform.instance')
		.select('value')
		.where('key', '=', KEY)
		.executeTakeFirst();
	return row?.value === 'complete' ? 'complete' : row ? 'loading' : 'none';
}

export async function keepInstance(owner: Kysely<DB>, key: string, value: string): Promise<void> {
	await owner
		.insertInto('platform.instance')
		.values({ key, value })
		.onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
		.execute();
}

export const markLoading = (owner: Kysely<DB>): Promise<void> => keepInstance(owner, KEY, 'loading');

/** The last word, waited for until it is on the disk; everything before it was written without waiting. */
export async function markComplete(owner: Kysely<DB>): Promise<void> {
	await owner.transaction().execute(async (tx) => {
		await sql`set local synchronous_commit = on`.execute(tx);
		await keepInstance(tx, KEY, 'complete');
	});
}

/** Is anything here that the demo did not make? Then the demo stays away. */
export async function hasOwnAgency(owner: Kysely<DB>): Promise<boolean> {
	const row = await owner
		.selectFrom('platform.agency')
		.select('agency_id')
		.where('is_demo', '=', false)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Empties every room, the platform's rows and the accounts; only the installation's own values and the list of
 * migrations stay. Called when a load was interrupted and nothing but the demo's half is there.
 */
export async function wipe(owner: Kysely<DB>): Promise<void> {
	await sql`
		do $$ declare tables text;
		begin
			select string_agg(format('%I.%I', schemaname, tablename), ', ') into tables from pg_tables
			where schemaname not in ('pg_catalog', 'information_schema', 'public')
				and (schemaname, tablename) <> ('platform', 'instance');
			execute 'truncate ' || tables || ' restart identity cascade';
		end $$`.execute(owner);
	await owner.deleteFrom('platform.instance').where('key', 'in', [KEY, DEMO_ACCOUNTS]).execute();
}
