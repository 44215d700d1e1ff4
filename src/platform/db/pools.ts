import type { Kysely } from 'kysely';
import { sql, type RawBuilder } from 'kysely';
import type pg from 'pg';
import { isId } from '#kernel/ids.ts';
import { openKysely, openPool, type DB, type Db, type Tx } from './db.ts';
import { inOneWrite, statementName } from './statements.ts';

type Open = { url: string; pool: pg.Pool; kysely: Kysely<DB> };
let open: Open | undefined;

/** The app's own pool, opened on first use from DATABASE_URL; tests and scripts pass another address. */
export function database(url = process.env['DATABASE_URL']): Open {
	if (open && (url === undefined || open.url === url)) return open;
	if (!url) throw new Error('DATABASE_URL is not set: start Asah with npm start');
	const pool = openPool(url, 'asah_app', 20);
	// A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
	pool.on('error', () => undefined);
	open = { url, pool, kysely: openKysely(pool) };
	return open;
}

export async function closeDatabase(): Promise<void> {
	const closing = open;
	open = undefined;
	await closing?.kysely.destroy();
}

/** One read-only snapshot of one agency: what `page()` gives to queries. */
export async function reading<T>(
	agencyId: string,
	read: (db: Db) => Promise<T>,
	kysely = database().kysely
): Promise<T> {
	const enter = sql.raw(enterReading(agencyId));
	return new Promise((resolve, reject) => {
		kysely
			.connection()
			.execute(async (db) => {
				// The answer does not wait for the end: a page pays for each round to the server.
				await enter.execute(db);
				try {
					resolve(await read(db));
				} finally {
					await sql`commit`.execute(db);
				}
			})
			.catch(reject);
	});
}

/** The rows of one statement in a snapshot of its own; opening, statement and end are one round to the server. */
export async function glance<Row>(
	agencyId: string,
	statement: RawBuilder<Row>,
	open = database()
): Promise<Row[]> {
	const { sql: text, parameters } = statement.compile(open.kysely);
	const client = await open.pool.connect();
	try {
		const [, found] = await inOneWrite(client, () =>
			Promise.all([
				client.query(enterReading(agencyId)),
				client.query<Row & pg.QueryResultRow>({ name: statementName(text), text, values: [...parameters] }),
				client.query('commit')
			])
		);
		return found.rows;
	} finally {
		client.release();
	}
}

/** One write transaction of one agency; only the beam and set-up code open it. */
export async function writing<T>(
	agencyId: string,
	write: (tx: Tx) => Promise<T>,
	kysely = database().kysely
): Promise<T> {
	const enter = sql.raw(`select ${setAgency(agencyId)}`);
	return kysely.transaction().execute(async (tx) => {
		await enter.execute(tx);
		return write(tx);
	});
}

const enterReading = (agencyId: string): string =>
	`start transaction isolation level repeatable read read only; select ${setAgency(agencyId)}`;

/** Until the end of the transaction. A UUID can stand in the text; anything else must not. */
function setAgency(agencyId: string): string {
	if (!isId(agencyId)) throw new TypeError('agency id is not a UUID');
	return `set_config('app.agency_id', '${agencyId}', true)`;
}
