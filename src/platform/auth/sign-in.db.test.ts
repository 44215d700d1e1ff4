import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countTry, limitsOf } from './attempts.ts';
import { authPool, createAccount, sessionOf } from './auth.ts';
import { signIn } from './sign-in.ts';
import { testDoor } from './test-door.ts';
import { visitor } from './test-visitor.ts';

let door: Awaited<ReturnType<typeof testDoor>>;
beforeAll(async () => void (door = await testDoor()));
afterAll(() => door.close());

const here = '10.0.0.1';
const mismatch = { kind: 'refused', code: 'auth.signIn.mismatch' };

describe('the right NIP and password', () => {
	test('open a session that knows account, agency and person', async () => {
		const siti = await door.account();
		const phone = visitor(here);
		const opened = await signIn(phone.headers(), { ...siti, shared: false });
		phone.keep(opened.setCookies);
		expect(opened.state).toBe('open');
		expect(await sessionOf(phone.headers())).toEqual({
			sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			accountId: siti.accountId,
			agencyId: door.agencyId,
			personId: siti.personId,
			name: 'Siti Aminah',
			username: siti.username
		});
	});

	test('may be typed with the spaces that lists print in a NIP', async () => {
		const { username, password } = await door.account();
		const spaced = username.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, ' $1 $2 $3 $4');
		expect((await signIn(visitor(here).headers(), { username: spaced, password, shared: false })).state).toBe(
			'open'
		);
	});

	test('give cookies that scripts and other sites cannot use, secure exactly on https', async () => {
		const siti = await door.account();
		for (const https of [false, true]) {
			const browser = visitor(here, { https });
			browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
			expect(browser.jar.get('asah.session_token')).toMatchObject({
				httpOnly: true,
				sameSite: 'lax',
				secure: https,
				maxAge: 14 * 86_400
			});
		}
	});

	test('on a shared computer last until the browser is closed, a day at most', async () => {
		const siti = await door.account();
		const browser = visitor(here);
		browser.keep((await signIn(browser.headers(), { ...siti, shared: true })).setCookies);
		expect(browser.jar.get('asah.session_token')?.maxAge).toBeUndefined();
		const { rows } = await door.owner.query<{ hours: number }>(
			'select extract(epoch from expires_at - now())::float / 3600 as hours from auth.session where user_id = $1',
			[siti.accountId]
		);
		expect(rows[0]?.hours).toBeGreaterThan(23);
		expect(rows[0]?.hours).toBeLessThanOrEqual(24);
	});
});

describe('a wrong pair', () => {
	test('is refused in the same words whether the NIP exists, is unknown, or is none at all', async () => {
		const { username } = await door.account();
		for (const tried of [username, '199001012015031009', '; drop table', 'x'])
			await expect(
				signIn(visitor('10.0.1.1').headers(), { username: tried, password: 'bukan-sandinya', shared: false })
			).rejects.toMatchObject(mismatch);
	});

	test('takes the same time for a NIP that exists, is unknown, or never had a password', async () => {
		const { username } = await door.account();
		const newcomer = '199001012015031007';
		await createAccount({
			agencyId: door.agencyId,
			personId: null,
			username: newcomer,
			name: 'Baru',
			password: null
		});
		const time = async (tried: string) => {
			const times: number[] = [];
			for (let i = 0; i < 5; i++) {
				const started = performance.now();
				await signIn(visitor(`10.0.2.${i}`).headers(), {
					username: tried,
					password: 'bukan-sandinya',
					shared: false
				}).catch(() => undefined);
				times.push(performance.now() - started);
			}
			return times.sort((a, b) => a - b)[2] ?? 0;
		};
		const known = await time(username);
		// scrypt is what takes the time: an answer that left it out would come back in a fraction
		expect(await time('199001012015031008')).toBeGreaterThan(known / 2);
		expect(await time(newcomer)).toBeGreaterThan(known / 2);
	});

	test('opens nothing: no cookie, no session', async () => {
		const { username, accountId } = await door.account();
		const browser = visitor(here);
		await signIn(browser.headers(), { username, password: 'bukan-sandinya', shared: false }).catch(
			() => undefined
		);
		expect(await sessionOf(browser.headers())).toBeNull();
		expect(
			(await door.owner.query('select 1 from auth.session where user_id = $1', [accountId])).rowCount
		).toBe(0);
	});

	test('asks for what is missing before anything else', async () => {
		await expect(
			signIn(visitor(here).headers(), { username: ' ', password: 'x', shared: false })
		).rejects.toMatchObject({
			issues: [{ path: 'username', code: 'kernel.field.required' }]
		});
		await expect(
			signIn(visitor(here).headers(), { username: '1', password: '', shared: false })
		).rejects.toMatchObject({
			issues: [{ path: 'password', code: 'kernel.field.required' }]
		});
	});
});

describe('too many tries', () => {
	/** As if so many wrong passwords had been typed, without the time that hashing takes. */
	const tried = async (username: string, address: string, times: number) => {
		for (let i = 0; i < times; i++)
			await countTry(authPool(), limitsOf('sign-in', username, address), Date.now());
	};
	const wrong = (username: string, address: string, now: number) =>
		signIn(visitor(address).headers(), { username, password: 'bukan-sandinya', shared: false }, now);

	test('of one account from one address: after five wrong ones even the right password waits five minutes', async () => {
		const siti = await door.account();
		const now = Date.now();
		for (let i = 0; i < 5; i++)
			await expect(wrong(siti.username, '10.1.0.1', now)).rejects.toMatchObject(mismatch);
		const right = (at: number) => signIn(visitor('10.1.0.1').headers(), { ...siti, shared: false }, at);
		await expect(right(now + 60_000)).rejects.toMatchObject({
			kind: 'tooOften',
			code: 'auth.tooOften',
			params: { minutes: 4 }
		});
		// trying while one has to wait does not make the wait longer
		await expect(right(now + 290_000)).rejects.toMatchObject({ kind: 'tooOften', params: { minutes: 1 } });
		expect((await right(now + 300_000)).state).toBe('open');
	});

	test('of one account do not shut out the same account elsewhere, nor colleagues at the same address', async () => {
		const siti = await door.account();
		const budi = await door.account();
		await tried(siti.username, '10.1.0.2', 5);
		await expect(wrong(siti.username, '10.1.0.2', Date.now())).rejects.toMatchObject({ kind: 'tooOften' });
		expect((await signIn(visitor('10.1.0.3').headers(), { ...siti, shared: false })).state).toBe('open');
		expect((await signIn(visitor('10.1.0.2').headers(), { ...budi, shared: false })).state).toBe('open');
	});

	test('from many addresses are stopped for the account as well', async () => {
		const siti = await door.account();
		for (let i = 0; i < 30; i++) await tried(siti.username, `10.2.0.${i}`, 1);
		await expect(wrong(siti.username, '10.2.1.1', Date.now())).rejects.toMatchObject({ kind: 'tooOften' });
	});

	test('sent at once are counted one by one', async () => {
		const siti = await door.account();
		const now = Date.now();
		const answers = await Promise.allSettled(
			Array.from({ length: 12 }, () => wrong(siti.username, '10.1.0.4', now))
		);
		const codes = answers.map((answer) =>
			answer.status === 'rejected' ? Reflect.get(answer.reason, 'code') : 'open'
		);
		expect(codes.filter((code) => code === 'auth.signIn.mismatch')).toHaveLength(5);
		expect(codes.filter((code) => code === 'auth.tooOften')).toHaveLength(7);
	});

	test('are forgotten once the right password is given', async () => {
		const siti = await door.account();
		for (let round = 0; round < 3; round++) {
			await tried(siti.username, '10.1.0.5', 4);
			expect((await signIn(visitor('10.1.0.5').headers(), { ...siti, shared: false })).state).toBe('open');
		}
	});
});
