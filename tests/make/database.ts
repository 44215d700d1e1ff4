import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
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
			await untilLeft(template, name);
			await onServer(template, `drop database ${name} with (force)`);
		}
	};
}

/** Connections that have just been ended are gone a moment later; thrown out before, they would report an error to nobody. */
async function untilLeft(template: string, name: string): Promise<void> {
	const client = new pg.Client({ connectionString: addressOf(template, 'postgres') });
	await client.connect();
	try {
		for (let tries = 0; tries < 20; tries++) {
			const { rows } = await client.query('select from pg_stat_activity where datname = $1', [name]);
			if (rows.length === 0) return;
			await pause(50);
		}
	} finally {
		await client.end();
	}
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
