import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ORDER } from '#slices/order.ts';
import { newId } from '#kernel/ids.ts';
import { openKysely, openPool, type DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { testDatabase } from '../make/database.ts';

let scratch: Awaited<ReturnType<typeof testDatabase>>;
let owner: Kysely<DB>;
beforeAll(async () => {
	scratch = await testDatabase();
	owner = openKysely(openPool(scratch.url, null, 2));
});
afterAll(async () => {
	await owner.destroy();
	await scratch.drop();
});

const SCHEMAS = ['platform', ...ORDER];
/** What no agency owns. */
const EXEMPT = ['platform.instance'];

async function names(query: ReturnType<typeof sql<{ name: string }>>): Promise<string[]> {
	return (await query.execute(owner)).rows.map((row) => row.name);
}

const tables = () =>
	sql<{
		name: string;
	}>`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p') and n.nspname = any(${SCHEMAS})`;

describe('the database', () => {
	test('says of every column what it is and how personal', async () => {
		const bare = await names(sql`
			select n.nspname || '.' || c.relname || '.' || a.attname as name
			from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
			where c.relkind in ('r', 'p') and n.nspname = any(${[...SCHEMAS, 'auth']}) and a.attnum > 0 and not a.attisdropped
				and coalesce(col_description(c.oid, a.attnum), '') !~ '; pii:(none|basic|sensitive)$'`);
		expect(bare).toEqual([]);
	});
	test('isolates every table by agency, its owner included', async () => {
		const open = await names(sql`
			select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind in ('r', 'p') and n.nspname = any(${SCHEMAS}) and not (c.relrowsecurity and c.relforcerowsecurity)`);
		expect(open.filter((name) => !EXEMPT.includes(name))).toEqual([]);
		expect((await names(tables())).length).toBeGreaterThan(50);
	});
	test('has the agency first in every key and every reference', async () => {
		const wrong = await names(sql`
			select k.conrelid::regclass || ' ' || k.conname as name
			from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
			where n.nspname = any(${SCHEMAS}) and k.contype in ('p', 'f')
				and (select attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]) <> 'agency_id'`);
		expect(wrong.filter((name) => !EXEMPT.some((table) => name.startsWith(table)))).toEqual([]);
	});
	test('lets references point left only', async () => {
		const rows = await sql<{ from: string; to: string; name: string }>`
			select f.nspname as from, t.nspname as to, k.conname as name
			from pg_constraint k
			join pg_class fc on fc.oid = k.conrelid join pg_namespace f on f.oid = fc.relnamespace
			join pg_class tc on tc.oid = k.confrelid join pg_namespace t on t.oid = tc.relnamespace
			where k.contype = 'f' and f.nspname = any(${SCHEMAS})`.execute(owner);
		const right = rows.rows.filter((row) => SCHEMAS.indexOf(row.to) > SCHEMAS.indexOf(row.from));
		expect(right).toEqual([]);
	});
	test('gives the app a role that can bypass nothing and owns nothing', async () => {
		const roles = await sql<{ name: string }>`
			select rolname as name from pg_roles where rolname in ('asah_app', 'asah_auth', 'asah_worker')
				and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`.execute(owner);
		expect(roles.rows).toEqual([]);
		const owned = await names(
			sql`select c.relname as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'asah\\_%'`
		);
		expect(owned).toEqual([]);
	});
	test('shows one agency nothing of another, in any table that has rows', async () => {
		const [here, there] = [newId(), newId()];
		for (const [id, code] of [
			[here, 'here'],
			[there, 'there']
		] as const)
			await sql`insert into platform.agency (agency_id, code, name, city, time_zone) values (${id}, ${code}, ${code}, ${code}, 'Asia/Jakarta')`.execute(
				owner
			);
		for (const id of [here, there])
			await sql`insert into people.unit (agency_id, id, name, kind, label, path, valid_from) values (${id}, ${newId()}, 'Dinas', 'dinas', 'u1', 'u1', '2026-01-01')`.execute(
				owner
			);
		for (const name of (await names(tables())).filter((table) => !EXEMPT.includes(table))) {
			const seen = await reading(
				here,
				(db) =>
					sql<{
						n: number;
					}>`select count(*)::int as n from ${sql.table(name)} where agency_id <> ${here}`.execute(db),
				scratch.db
			);
			expect(seen.rows[0]?.n, name).toBe(0);
		}
		const own = await reading(
			here,
			(db) => sql<{ n: number }>`select count(*)::int as n from people.unit`.execute(db),
			scratch.db
		);
		expect(own.rows[0]?.n).toBe(1);
	});
	test('shows a session that named no agency nothing at all', async () => {
		const seen = await sql<{ n: number }>`select count(*)::int as n from people.unit`.execute(scratch.db);
		expect(seen.rows[0]?.n).toBe(0);
	});
	test('lets nobody rewrite the audit trail', async () => {
		await expect(sql`update platform.audit set command = 'x'`.execute(scratch.db)).rejects.toThrow(
			/permission denied/
		);
		await expect(sql`delete from platform.audit`.execute(scratch.db)).rejects.toThrow(/permission denied/);
	});
});
