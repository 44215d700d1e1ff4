import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { preparing } from './statements.ts';
import type { DB } from './types.gen.ts';

export type { DB };

/** A handle that can only read, by type; `page()` also opens it in a read-only transaction. */
export type Db = Pick<
	Kysely<DB>,
	'selectFrom' | 'with' | 'withRecursive' | 'selectNoFrom' | 'fn' | 'dynamic' | 'getExecutor'
>;

/** The transaction of a command: the only handle that can write. */
export type Tx = Transaction<DB>;

// pg hands out strings for what JavaScript numbers or dates could spoil. Civil dates stay strings ('2026-03-09');
// int8 and numeric become numbers because every count and amount here is far below 2^53, and say so when not.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, (text) => text);
types.setTypeParser(pg.types.builtins.INT8, exactNumber);
types.setTypeParser(pg.types.builtins.NUMERIC, exactNumber);

function exactNumber(text: string): number {
	const value = Number(text);
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError(`${text} is too large`);
	return value;
}

/**
 * A pool whose sessions start as `role` (null: as the connecting owner, for migrations and set-up only).
 * The role is a start-up option, so not even RESET ROLE leads out of it.
 */
export function openPool(
	url: string,
	role: 'asah_app' | 'asah_auth' | 'asah_worker' | null,
	max = 10
): pg.Pool {
	const pool = new pg.Pool({
		connectionString: url,
		max,
		types,
		// Statements that do not wait for each other's answers go out together.
		pipeline: true,
		idleTimeoutMillis: 60_000,
		options: role === null ? '-c timezone=UTC' : `-c role=${role} -c timezone=UTC`
	});
	// A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
	pool.on('error', () => undefined);
	return pool;
}

export const openKysely = (pool: pg.Pool): Kysely<DB> =>
	new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
