import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countTry, limitsOf } from './attempts.ts';
import { authPool, sessionOf } from './auth.ts';
import {
	changePassword,
	confirmTwoFactor,
	endOtherSessions,
	endSession,
	newRecoveryCodes,
	offerTwoFactor,
	securityOf,
	stopTwoFactor
} from './security.ts';
import { secondFactor, signIn } from './sign-in.ts';
import { totpOf } from './test-totp.ts';
import { testDoor } from './test-door.ts';
import { visitor } from './test-visitor.ts';

let door: Awaited<ReturnType<typeof testDoor>>;
beforeAll(async () => void (door = await testDoor()));
afterAll(() => door.close());

type Person = { username: string; password: string };

async function signedIn(person: Person, address = '10.0.0.1', userAgent = 'Peramban Uji') {
	const browser = visitor(address, { userAgent });
	browser.keep((await signIn(browser.headers(), { ...person, shared: false })).setCookies);
	return browser;
}

async function withTwoFactor() {
	const siti = await door.account();
	const phone = await signedIn(siti);
	const { secret } = await offerTwoFactor(phone.headers(), siti.password);
	const { recoveryCodes, setCookies } = await confirmTwoFactor(phone.headers(), totpOf(secret));
	phone.keep(setCookies);
	return { siti, phone, secret, recoveryCodes };
}

test('the authenticator of these tests agrees with RFC 6238, appendix B', () => {
	// '12345678901234567890' in base32; the RFC prints eight digits, of which an app shows the last six
	const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
	expect(totpOf(secret, 59_000)).toBe('287082');
	expect(totpOf(secret, 1_111_111_109_000)).toBe('081804');
	expect(totpOf(secret, 20_000_000_000_000)).toBe('353130');
});

describe('the second factor', () => {
	test('is asked for only after its first code was typed', async () => {
		const siti = await door.account();
		const phone = await signedIn(siti);
		const offer = await offerTwoFactor(phone.headers(), siti.password);
		expect(offer.uri).toBe(
			`otpauth://totp/Asah%3A${siti.username}?secret=${offer.secret}&issuer=Asah&digits=6&period=30`
		);
		expect((await signIn(visitor('10.0.0.2').headers(), { ...siti, shared: false })).state).toBe('open');
		await expect(confirmTwoFactor(phone.headers(), '000000')).rejects.toMatchObject({
			issues: [{ path: 'code', code: 'auth.twoFactor.wrongFirst' }]
		});
		phone.keep((await confirmTwoFactor(phone.headers(), totpOf(offer.secret))).setCookies);
		expect(await securityOf(phone.headers(), phone.keep)).toMatchObject({ twoFactor: true });
		expect((await signIn(visitor('10.0.0.2').headers(), { ...siti, shared: false })).state).toBe(
			'secondFactor'
		);
	});

	test('keeps the password alone from opening anything', async () => {
		const { siti } = await withTwoFactor();
		const thief = visitor('10.6.6.6');
		thief.keep((await signIn(thief.headers(), { ...siti, shared: false })).setCookies);
		expect(await sessionOf(thief.headers())).toBeNull();
		expect(await securityOf(thief.headers(), thief.keep)).toBeNull();
	});

	test('opens with the code of the app, also with a space in it', async () => {
		const { siti, secret } = await withTwoFactor();
		const browser = visitor('10.0.0.3');
		browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
		const code = totpOf(secret).replace(/^(...)/, '$1 ');
		browser.keep((await secondFactor(browser.headers(), code)).setCookies);
		expect(await sessionOf(browser.headers())).toMatchObject({ username: siti.username });
	});

	test('opens with each of ten recovery codes, however typed, once', async () => {
		const { siti, recoveryCodes } = await withTwoFactor();
		expect(recoveryCodes).toHaveLength(10);
		const [code = ''] = recoveryCodes;
		const enter = async (typed: string) => {
			const browser = visitor('10.0.0.4');
			browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
			browser.keep((await secondFactor(browser.headers(), typed)).setCookies);
			return sessionOf(browser.headers());
		};
		expect(await enter(code.toLowerCase().replace('-', ' '))).toMatchObject({ username: siti.username });
		await expect(enter(code)).rejects.toMatchObject({
			issues: [{ path: 'code', code: 'auth.twoFactor.wrong' }]
		});
	});

	test('lets five wrong codes pass, then wants the password again', async () => {
		const { siti, secret } = await withTwoFactor();
		const browser = visitor('10.0.0.5');
		browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
		for (let i = 0; i < 5; i++)
			await expect(secondFactor(browser.headers(), '000000')).rejects.toMatchObject({ kind: 'invalid' });
		await expect(secondFactor(browser.headers(), totpOf(secret))).rejects.toMatchObject({
			code: 'auth.twoFactor.startAgain'
		});
	});

	test('closes for a quarter of an hour after ten wrong codes in a row', async () => {
		const { siti } = await withTwoFactor();
		for (let round = 0; round < 2; round++) {
			const browser = visitor('10.0.0.6');
			browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
			for (let i = 0; i < 5; i++) await secondFactor(browser.headers(), '000000').catch(() => undefined);
		}
		const browser = visitor('10.0.0.6');
		browser.keep((await signIn(browser.headers(), { ...siti, shared: false })).setCookies);
		await expect(secondFactor(browser.headers(), '000000')).rejects.toMatchObject({
			kind: 'tooOften',
			params: { minutes: 15 }
		});
	});

	test('cannot be answered by somebody who gave no password', async () => {
		const { secret } = await withTwoFactor();
		await expect(secondFactor(visitor('10.0.0.7').headers(), totpOf(secret))).rejects.toMatchObject({
			code: 'auth.twoFactor.startAgain'
		});
	});

	test('is switched off, and recovery codes are renewed, only with the password', async () => {
		const { siti, phone, recoveryCodes } = await withTwoFactor();
		const wrong = { issues: [{ path: 'password', code: 'auth.password.wrong' }] };
		await expect(newRecoveryCodes(phone.headers(), 'bukan-sandinya')).rejects.toMatchObject(wrong);
		const renewed = await newRecoveryCodes(phone.headers(), siti.password);
		expect(renewed).toHaveLength(10);
		expect(renewed.filter((code) => recoveryCodes.includes(code))).toEqual([]);
		await expect(stopTwoFactor(phone.headers(), 'bukan-sandinya')).rejects.toMatchObject(wrong);
		phone.keep(await stopTwoFactor(phone.headers(), siti.password));
		expect(await securityOf(phone.headers(), phone.keep)).toMatchObject({ twoFactor: false });
		expect((await signIn(visitor('10.0.0.8').headers(), { ...siti, shared: false })).state).toBe('open');
	});
});

describe('changing the password', () => {
	test('ends every other session at once and keeps this one', async () => {
		const siti = await door.account();
		const [here, there] = [await signedIn(siti), await signedIn(siti, '10.0.0.2')];
		here.keep(
			await changePassword(here.headers(), { password: siti.password, newPassword: 'kata sandi baru' })
		);
		expect(await sessionOf(here.headers())).toMatchObject({ username: siti.username });
		expect(await sessionOf(there.headers())).toBeNull();
		expect((await signedIn({ ...siti, password: 'kata sandi baru' })).jar.size).toBeGreaterThan(0);
	});

	test('is refused without the current one, for a weak one, and for one’s own NIP', async () => {
		const siti = await door.account();
		const here = await signedIn(siti);
		const change = (password: string, newPassword: string) =>
			changePassword(here.headers(), { password, newPassword });
		await expect(change('bukan-sandinya', 'kata sandi baru')).rejects.toMatchObject({
			issues: [{ path: 'password' }]
		});
		await expect(change(siti.password, 'pendek')).rejects.toMatchObject({
			issues: [{ path: 'newPassword', code: 'auth.password.tooShort' }]
		});
		await expect(change(siti.password, siti.username)).rejects.toMatchObject({
			issues: [{ code: 'auth.password.isUsername' }]
		});
		await expect(
			changePassword(visitor('10.0.0.1').headers(), {
				password: siti.password,
				newPassword: 'kata sandi baru'
			})
		).rejects.toMatchObject({ kind: 'signedOut' });
	});

	test('cannot be guessed from an open screen: five wrong ones and it waits', async () => {
		const siti = await door.account();
		const here = await signedIn(siti, '10.7.0.1');
		const guess = () =>
			changePassword(here.headers(), { password: 'bukan-sandinya', newPassword: 'kata sandi baru' });
		await expect(guess()).rejects.toMatchObject({ kind: 'invalid' });
		for (let i = 0; i < 4; i++)
			await countTry(authPool(), limitsOf('password', siti.accountId, '10.7.0.1'), Date.now());
		await expect(guess()).rejects.toMatchObject({ kind: 'tooOften' });
	});
});

describe('the list of sessions', () => {
	test('shows this one first, with browser, address and time', async () => {
		const siti = await door.account();
		await signedIn(siti, '10.0.0.2', 'Telepon');
		const here = await signedIn(siti, '10.0.0.1', 'Kantor');
		const { sessions = [] } = (await securityOf(here.headers(), here.keep)) ?? {};
		expect(sessions.map(({ here, userAgent }) => [here, userAgent])).toEqual([
			[true, 'Kantor'],
			[false, 'Telepon']
		]);
		expect(Math.abs(Date.now() - (sessions[0]?.since.getTime() ?? 0))).toBeLessThan(60_000);
	});

	test('ends one, and only one’s own', async () => {
		const [siti, budi] = [await door.account(), await door.account()];
		const [here, there, strange] = [
			await signedIn(siti),
			await signedIn(siti, '10.0.0.2'),
			await signedIn(budi)
		];
		const strangeId = (await sessionOf(strange.headers()))?.sessionId ?? '';
		await expect(endSession(here.headers(), strangeId)).rejects.toMatchObject({ kind: 'missing' });
		await endSession(here.headers(), (await sessionOf(there.headers()))?.sessionId ?? '');
		expect(await sessionOf(there.headers())).toBeNull();
		expect(await sessionOf(here.headers())).not.toBeNull();
		expect(await sessionOf(strange.headers())).not.toBeNull();
	});

	test('ends all others with one press, felt at once', async () => {
		const siti = await door.account();
		const here = await signedIn(siti);
		const others = [await signedIn(siti, '10.0.0.2'), await signedIn(siti, '10.0.0.3')];
		await endOtherSessions(here.headers());
		for (const other of others) expect(await sessionOf(other.headers())).toBeNull();
		expect((await securityOf(here.headers(), here.keep))?.sessions).toHaveLength(1);
	});
});
