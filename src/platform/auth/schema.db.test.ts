import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/make/database.ts';
import { openPool } from '#platform/db/db.ts';
import { betterAuthOn } from './better-auth.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.drop());

const poolAs = (role: string) =>
	new pg.Pool({ connectionString: base.url, options: `-c role=${role} -c search_path=auth`, max: 2 });

test('better-auth finds every table, column and index it wants: its own migration has nothing to do', async () => {
	const pool = poolAs('asah_auth');
	try {
		const wanted = await getMigrations(betterAuthOn(pool, 'a-secret-of-at-least-32-characters').options);
		expect(wanted.toBeCreated).toEqual([]);
		expect(wanted.toBeAdded).toEqual([]);
		expect(wanted.toBeAddedIndexes).toEqual([]);
		expect(wanted.unsafeChanges).toEqual([]);
		expect(wanted.schemaProblems).toEqual([]);
		expect(await wanted.compileMigrations()).toBe(';');
	} finally {
		await pool.end();
	}
});

test('only the role of sign-in reaches accounts, sessions and passwords', async () => {
	const app = openPool(base.url, 'asah_app', 1);
	const auth = poolAs('asah_auth');
	try {
		for (const table of ['user', 'session', 'account', 'verification', 'two_factor', 'rate_limit']) {
			await expect(app.query(`select 1 from auth.${table}`)).rejects.toThrow(
				'permission denied for schema auth'
			);
			const { rows } = await auth.query<Record<string, boolean>>(
				`select has_table_privilege($1, 'select') as read, has_table_privilege($1, 'insert') as add,
					has_table_privilege($1, 'update') as change, has_table_privilege($1, 'delete') as remove`,
				[`auth.${table}`]
			);
			expect(rows[0], table).toEqual({ read: true, add: true, change: true, remove: true });
		}
	} finally {
		await Promise.all([app.end(), auth.end()]);
	}
});

test('the role of sign-in reaches nothing outside its schema but access codes', async () => {
	const auth = poolAs('asah_auth');
	try {
		const { rows } = await auth.query<{ name: string }>(
			`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind in ('r', 'v', 'p', 'm') and n.nspname not in ('auth', 'pg_catalog', 'information_schema')
				and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')`
		);
		expect(rows.map((row) => row.name)).toEqual(['platform.access_code']);
		await expect(auth.query('delete from platform.access_code')).rejects.toThrow('permission denied');
	} finally {
		await auth.end();
	}
});

test('every column says what it holds and how personal it is', async () => {
	const auth = poolAs('asah_auth');
	try {
		const { rows } = await auth.query<{ name: string }>(
			`select c.relname || '.' || a.attname as name from pg_class c
			join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
			where c.relnamespace = 'auth'::regnamespace and c.relkind = 'r'
				and coalesce(col_description(c.oid, a.attnum), '') !~ '^.+; pii:(none|basic|sensitive)$'`
		);
		expect(rows).toEqual([]);
	} finally {
		await auth.end();
	}
});
