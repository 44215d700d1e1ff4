import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeAuth } from '#platform/auth/auth.ts';
import { closeDatabase } from '#platform/db/pools.ts';
import { testDatabase } from '../../../tests/make/database.ts';
import { firstRunIsOpen, isSetUp, setUp } from './first-run.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let owner: pg.Pool;
beforeAll(async () => {
	base = await testDatabase();
	owner = new pg.Pool({ connectionString: base.url, max: 1 });
	process.env['DATABASE_URL'] = base.url;
	process.env['ASAH_SECRET'] = 'a secret of thirty-two characters';
});
afterAll(async () => {
	await closeAuth();
	await closeDatabase();
	await owner.end();
	await base.drop();
});

test('an empty installation says that it is not set up until the printed address was used, and then never again', async () => {
	expect(await isSetUp()).toBe(false);
	await owner.query(`insert into platform.instance (key, value) values ('first_run', $1)`, [
		createHash('sha256').update('printed').digest('hex')
	]);
	expect(await firstRunIsOpen('printed')).toBe(true);
	expect(await firstRunIsOpen('printed before')).toBe(false);
	await setUp(
		{
			token: 'printed',
			agencyName: 'Pemerintah Kota Uji',
			agencyCode: 'uji',
			city: 'Uji',
			timeZone: 'Asia/Jakarta',
			name: 'Dahlan Tanjung',
			nip: '197704182009031951',
			password: 'kata-sandi-baru'
		},
		new Date('2026-11-21T03:00:00Z')
	);
	expect(await isSetUp()).toBe(true);
	expect(await firstRunIsOpen('printed')).toBe(false);
});
