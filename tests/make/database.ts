import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openKysely, openPool } from '#platform/db/db.ts';

/**
 * A database of one's own, cloned from the migrated template that tests/make/postgres.ts prepared: one for each test
 * file. `db` connects as the app does, `url` as the owner.
 */
export async function testDatabase() {
	const template = process.env['TEST_TEMPLATE_URL'];
	if (!template)
		throw new Error('no test database: run this file in the vitest project "database" (*.db.test.ts)');
	const name = `asah_test_${randomBytes(6).toString('hex')}`;
	await onServer(template, `create database ${name} template ${databaseOf(template)}`);
	const url = addressOf(template, name);
	const pool = openPool(url, 'asah_app', 8);
	pool.on('error', () => undefined);
	const db = openKysely(pool);
	return {
		db,
		url,
		drop: async (): Promise<void> => {
			await db.destroy();
			await onServer(template, `drop database ${name} with (force)`);
		}
	};
}

/** Address of another database on the same server. */
export function addressOf(url: string, database: string): string {
	const address = new URL(url);
	address.pathname = `/${database}`;
	return address.href;
}

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

/** Runs statements on the server itself, connected to none of the tests' databases. */
export async function onServer(url: string, ...statements: string[]): Promise<void> {
	const client = new pg.Client({ connectionString: addressOf(url, 'postgres') });
	await client.connect();
	try {
		for (const statement of statements) await client.query(statement);
	} finally {
		await client.end();
	}
}
