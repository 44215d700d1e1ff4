import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sessionOf } from './auth.ts';
import { signIn, signOut } from './sign-in.ts';
import { testDoor } from './test-door.ts';
import { visitor } from './test-visitor.ts';

let door: Awaited<ReturnType<typeof testDoor>>;
beforeAll(async () => void (door = await testDoor()));
afterAll(() => door.close());

const here = '10.0.0.1';

describe('a session', () => {
	test('is answered without the database for a minute, then asked for again, renewing its cookie', async () => {
		const siti = await door.account();
		const browser = visitor(here);
		browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
		await door.owner.query('delete from auth.session where user_id = $1', [siti.accountId]);
		expect(await sessionOf(browser.headers())).toMatchObject({ accountId: siti.accountId });
		const later = Date.now() + 61_000;
		vi.spyOn(Date, 'now').mockReturnValue(later);
		try {
			expect(await sessionOf(browser.headers(), browser.keep)).toBeNull();
		} finally {
			vi.restoreAllMocks();
		}
		expect(browser.jar.has('asah.session_token')).toBe(false);
	});

	test('gets a fresh signed cookie from the database when the old one is a minute old', async () => {
		const siti = await door.account();
		const browser = visitor(here);
		browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
		browser.jar.delete('asah.session_data');
		const kept: string[][] = [];
		expect(await sessionOf(browser.headers(), (lines) => void kept.push(lines))).toMatchObject({
			name: 'Siti Aminah'
		});
		expect(kept.flat().some((line) => line.startsWith('asah.session_data='))).toBe(true);
	});

	test('is not believed with a changed cookie, nor with the signed data of another session', async () => {
		const [siti, budi] = [await door.account(), await door.account()];
		const [one, other] = [visitor(here), visitor(here)];
		one.keep((await signIn(one.headers(), { ...siti, shared: false })).setCookies);
		other.keep((await signIn(other.headers(), { ...budi, shared: false })).setCookies);
		const mixed = visitor(here);
		const token = one.jar.get('asah.session_token');
		const data = other.jar.get('asah.session_data');
		if (!token || !data) throw new Error('no cookies');
		mixed.jar.set('asah.session_token', token);
		mixed.jar.set('asah.session_data', data);
		expect(await sessionOf(mixed.headers())).toMatchObject({ accountId: siti.accountId });
		mixed.jar.set('asah.session_token', {
			...token,
			value: token.value.replace(/^./, (c) => (c === 'a' ? 'b' : 'a'))
		});
		expect(await sessionOf(mixed.headers())).toBeNull();
	});

	test('is nobody without cookies', async () => {
		expect(await sessionOf(new Headers())).toBeNull();
	});

	test('ends at once when signing out, for a copy of the cookies too', async () => {
		const siti = await door.account();
		const browser = visitor(here);
		const thief = visitor('10.9.9.9');
		browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
		browser.copyTo(thief);
		browser.keep(await signOut(browser.headers()));
		expect([...browser.jar.keys()]).toEqual([]);
		expect(await sessionOf(thief.headers())).toBeNull();
	});
});
