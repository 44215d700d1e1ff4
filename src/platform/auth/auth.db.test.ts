import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { createAccount, createAccounts, endSessionsOf, sessionOf, type NewAccount } from './auth.ts';
import { signIn } from './sign-in.ts';
import { testDoor } from './test-door.ts';
import { visitor } from './test-visitor.ts';

let door: Awaited<ReturnType<typeof testDoor>>;
beforeAll(async () => void (door = await testDoor()));
afterAll(() => door.close());

const person = (username: string, change: Partial<NewAccount> = {}): NewAccount => ({
	agencyId: door.agencyId,
	personId: newId(),
	username,
	name: 'Budi Santoso',
	password: 'rahasia-sekali',
	...change
});

test('a thousand accounts with one password are made in one statement and one hash', async () => {
	const started = performance.now();
	const ids = await createAccounts(
		Array.from({ length: 1000 }, (_, i) => person(`2000${String(i).padStart(14, '0')}`))
	);
	expect(performance.now() - started).toBeLessThan(5000);
	expect(new Set(ids).size).toBe(1000);
	const browser = visitor('10.0.0.1');
	const opened = await signIn(browser.headers(), {
		username: `2000${'7'.padStart(14, '0')}`,
		password: 'rahasia-sekali',
		shared: false
	});
	browser.keep(opened.setCookies);
	expect((await sessionOf(browser.headers()))?.accountId).toBe(ids[7]);
});

test('accounts are made all or none: one name that is taken refuses the list', async () => {
	await createAccount(person('walikota.uji'));
	await expect(createAccounts([person('sekda.uji'), person('WALIKOTA.uji ')])).rejects.toMatchObject({
		kind: 'refused',
		code: 'auth.account.usernameTaken'
	});
	const { rows } = await door.owner.query("select 1 from auth.user where username = 'sekda.uji'");
	expect(rows).toEqual([]);
});

test('a person has one account', async () => {
	const personId = newId();
	await createAccount(person('satu.orang', { personId }));
	await expect(createAccount(person('dua.akun', { personId }))).rejects.toMatchObject({
		code: 'auth.account.personHasOne'
	});
});

test('a weak password or a strange username is refused before anything is written', async () => {
	await expect(createAccount(person('lemah', { password: 'pendek' }))).rejects.toMatchObject({
		kind: 'invalid',
		issues: [{ path: 'password', code: 'auth.password.tooShort', params: { minimum: 10 } }]
	});
	await expect(createAccount(person('nama aneh'))).rejects.toMatchObject({
		code: 'auth.account.usernameForm'
	});
});

test('set-up can make the agency and its first account in one transaction of its own', async () => {
	const client = await door.owner.connect();
	const agencyId = newId();
	try {
		await client.query('begin');
		await client.query(
			"insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, 'baru', 'Kota Baru', 'Baru', 'Asia/Makassar')",
			[agencyId]
		);
		await createAccount(person('admin.baru', { agencyId, personId: null }), client);
		await client.query('commit');
	} finally {
		client.release();
	}
	const browser = visitor('10.0.0.1');
	browser.keep(
		(await signIn(browser.headers(), { username: 'admin.baru', password: 'rahasia-sekali', shared: false }))
			.setCookies
	);
	expect(await sessionOf(browser.headers())).toMatchObject({ agencyId, personId: null });
});

test('ending all sessions of an account is felt at once', async () => {
	const siti = await door.account();
	const browsers = [visitor('10.0.0.1'), visitor('10.0.0.2')];
	for (const browser of browsers)
		browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
	await endSessionsOf(siti.accountId);
	for (const browser of browsers) expect(await sessionOf(browser.headers())).toBeNull();
});
