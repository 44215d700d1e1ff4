import pg from 'pg';
import { testDatabase } from '../../../tests/make/database.ts';
import { newId } from '#kernel/ids.ts';
import { closeDatabase } from '#platform/db/pools.ts';
import { closeAuth, createAccount } from './auth.ts';
import { headersOf, keepCookies, type Visit } from './cookies.ts';

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
	let people = 0;
	return {
		...base,
		owner,
		agencyId,
		/** A person with an account; every NIP is another. */
		account: async () => {
			const password = 'rahasia-sekali';
			const username = `19850312201001${String(1000 + people++)}`;
			const personId = newId();
			const { accountId } = await createAccount({
				agencyId,
				personId,
				username,
				name: 'Siti Aminah',
				password
			});
			return { username, personId, accountId, password };
		},
		close: async () => {
			await closeAuth();
			await closeDatabase();
			await owner.end();
			await base.drop();
		}
	};
}

/** For tests: a browser that keeps its cookies, at an address of its own. */
export function visitor(address: string, options: { https?: boolean; userAgent?: string } = {}) {
	const jar = new Map<
		string,
		{ value: string; secure: boolean; maxAge?: number; httpOnly: boolean; sameSite: string }
	>();
	const visit: Visit = {
		url: new URL(options.https ? 'https://asah.example/' : 'http://localhost:3000/'),
		request: new Request('http://localhost:3000/', {
			headers: { 'user-agent': options.userAgent ?? 'Peramban Uji' }
		}),
		getClientAddress: () => address,
		cookies: {
			getAll: () => [...jar].map(([name, { value }]) => ({ name, value })),
			set: (name, value, { path: _, ...cookie }) => {
				if (cookie.maxAge === 0) jar.delete(name);
				else jar.set(name, { value, ...cookie });
			}
		}
	};
	return {
		jar,
		headers: () => headersOf(visit),
		keep: (setCookies: string[]) => keepCookies(visit, setCookies),
		/** The browser as it was, e.g. stolen cookies. */
		copyTo: (other: { jar: typeof jar }) => {
			for (const [name, cookie] of jar) other.jar.set(name, cookie);
		}
	};
}
