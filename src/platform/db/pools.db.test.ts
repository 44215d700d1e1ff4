import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testDatabase } from '../../../tests/make/database.ts';
import { closeDatabase, database, glance, reading, writing } from './pools.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
const [here, there] = [newId(), newId()];
beforeAll(async () => {
	base = await testDatabase();
	const owner = new pg.Client({ connectionString: base.url });
	await owner.connect();
	await owner.query(
		`insert into platform.agency (agency_id, code, name, city, time_zone)
		values ($1, 'sini', 'Sini', 'Sini', 'Asia/Jakarta'), ($2, 'sana', 'Sana', 'Sana', 'Asia/Jakarta')`,
		[here, there]
	);
	await owner.end();
	process.env['DATABASE_URL'] = base.url;
});
afterAll(async () => {
	await closeDatabase();
	await base.drop();
});

const codes = sql<{ code: string }>`select code from platform.agency`;
const ask = (db: Parameters<Parameters<typeof reading>[1]>[0]) => codes.execute(db).then(({ rows }) => rows);

test('a glance sees its own agency, and the connection it used sees nobody’s', async () => {
	for (let again = 0; again < 3; again++) {
		expect(await glance(here, codes)).toEqual([{ code: 'sini' }]);
		expect(await glance(there, codes)).toEqual([{ code: 'sana' }]);
		expect((await database().pool.query('select code from platform.agency')).rows).toEqual([]);
	}
});

test('a glance cannot write, tells what the server refused, and leaves a sound connection behind', async () => {
	await expect(glance(here, sql`delete from platform.agency`)).rejects.toThrow(/read-only/);
	await expect(glance(here, sql`select 1 / ${0}::int`)).rejects.toThrow(/division by zero/);
	await expect(glance('x', codes)).rejects.toThrow(/not a UUID/);
	expect(await glance(here, codes)).toEqual([{ code: 'sini' }]);
});

test('twenty readers and writers at once each see their own agency', async () => {
	const seen = await Promise.all(
		Array.from({ length: 60 }, (_, n) => {
			const agencyId = n % 2 === 0 ? here : there;
			return n % 3 === 0
				? glance(agencyId, codes)
				: n % 3 === 1
					? reading(agencyId, ask)
					: writing(agencyId, ask);
		})
	);
	expect(seen).toEqual(seen.map((_, n) => [{ code: n % 2 === 0 ? 'sini' : 'sana' }]));
});

test('an opening that the server refuses refuses the first statement, and nothing is read', async () => {
	await expect(
		database()
			.kysely.connection()
			.execute(async (db) => {
				await sql.raw('start transaction isolation level none').execute(db);
				return ask(db);
			})
	).rejects.toThrow(/syntax error/);
});

test('a transaction in which nothing was asked still ends', async () => {
	expect(await reading(here, async () => 1)).toBe(1);
	expect(await writing(here, async () => 2)).toBe(2);
	expect(await reading(here, ask)).toEqual([{ code: 'sini' }]);
});
