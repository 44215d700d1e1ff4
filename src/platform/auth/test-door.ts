import pg from 'pg';
import { vi } from 'vitest';
import { testDatabase } from '../../../tests/make/database.ts';
import { newId } from '#kernel/ids.ts';
import { closeDatabase } from '#platform/db/pools.ts';
import { closeAuth, createAccounts } from './auth.ts';

/** For tests: a database with one agency, in which accounts can be opened and looked at. */
export async function testDoor() {
	const base = await testDatabase();
	process.env['DATABASE_URL'] = base.url;
	process.env['ASAH_SECRET'] = 'only-for-tests-only-for-tests-only-for-tests';
	const owner = new pg.Pool({ connectionString: base.url, max: 2 });
	const agencyId = newId();
	await owner.query(
		`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Pemerintah Kota Uji', 'Uji', 'Asia/Jakarta')`,
		[agencyId, `uji-${agencyId.slice(-6)}`]
	);
	// Hashing passwords is what takes time here: all accounts are made at once with one password and handed out.
	vi.setConfig({ testTimeout: 30_000 });
	const people = Array.from({ length: 60 }, (_, i) => ({
		personId: newId(),
		username: `19850312201001${String(1001 + i)}`,
		password: 'rahasia-sekali'
	}));
	const ids = await createAccounts(people.map((person) => ({ ...person, agencyId, name: 'Siti Aminah' })));
	let given = 0;
	return {
		...base,
		owner,
		agencyId,
		/** A person with an account; every time another. */
		account: async () => {
			const person = people[given];
			const accountId = ids[given++];
			if (!person || !accountId) throw new Error('more accounts are needed than testDoor makes');
			return { ...person, accountId };
		},
		close: async () => {
			await closeAuth();
			await closeDatabase();
			await owner.end();
			await base.drop();
		}
	};
}
