import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { issueAccessCode, redeemAccessCode } from './access-code.ts';
import { countTry, limitsOf } from './attempts.ts';
import { authPool, sessionOf } from './auth.ts';
import { confirmTwoFactor, offerTwoFactor } from './security.ts';
import { signIn } from './sign-in.ts';
import { testDoor } from './test-door.ts';
import { visitor } from './test-visitor.ts';
import { totpOf } from './test-totp.ts';

let door: Awaited<ReturnType<typeof testDoor>>;
beforeAll(async () => void (door = await testDoor()));
afterAll(() => door.close());

const now = new Date('2026-11-21T08:00:00Z');
const hour = 3_600_000;
const later = (ms: number) => new Date(now.getTime() + ms);
const refusal = { kind: 'refused', code: 'auth.accessCode.refused' };
let addresses = 0;
const somewhere = () => visitor(`10.3.0.${addresses++}`).headers();

const issue = (personId: string, at = now, newcomer?: { username: string; name: string }) =>
	writing(door.agencyId, (tx) => issueAccessCode(tx, personId, 'admin', at, newcomer));
const redeem = (username: string, code: string, at = now, password = 'sandi-yang-baru') =>
	redeemAccessCode(somewhere(), { username, code, password }, at);

test('a code opens the access once: new password, old one worthless, second use refused', async () => {
	const siti = await door.account();
	const { code, username, expiresAt } = await issue(siti.personId);
	expect(code).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}$/);
	expect(username).toBe(siti.username);
	expect(expiresAt).toEqual(later(24 * hour));
	await redeem(siti.username, code);
	const tryWith = (password: string) => signIn(somewhere(), { username, password, shared: false });
	expect((await tryWith('sandi-yang-baru')).state).toBe('open');
	await expect(tryWith(siti.password)).rejects.toMatchObject({ code: 'auth.signIn.mismatch' });
	await expect(redeem(siti.username, code, now, 'sandi-yang-lain')).rejects.toMatchObject(refusal);
});

test('a code typed in small letters, with spaces, is the same code', async () => {
	const siti = await door.account();
	const { code } = await issue(siti.personId);
	await redeem(siti.username, ` ${code.toLowerCase().replace('-', ' ')} `);
});

test('five wrong codes close it, even for the right one; a new code opens again', async () => {
	const siti = await door.account();
	const { code } = await issue(siti.personId);
	for (let i = 0; i < 5; i++) await expect(redeem(siti.username, 'AAAA-AAAA')).rejects.toMatchObject(refusal);
	await expect(redeem(siti.username, code)).rejects.toMatchObject(refusal);
	const again = await issue(siti.personId);
	await redeem(siti.username, again.code);
});

test('four wrong codes do not', async () => {
	const siti = await door.account();
	const { code } = await issue(siti.personId);
	for (let i = 0; i < 4; i++) await redeem(siti.username, 'AAAA-AAAA').catch(() => undefined);
	await redeem(siti.username, code);
});

test('a code dies after 24 hours, and when a newer one is made', async () => {
	const siti = await door.account();
	const first = await issue(siti.personId);
	await expect(redeem(siti.username, first.code, later(24 * hour))).rejects.toMatchObject(refusal);
	const second = await issue(siti.personId, later(hour));
	await expect(redeem(siti.username, first.code, later(hour))).rejects.toMatchObject(refusal);
	await redeem(siti.username, second.code, later(25 * hour - 1));
});

test('a code opens only the access of its own person', async () => {
	const [siti, budi] = [await door.account(), await door.account()];
	const { code } = await issue(siti.personId);
	await expect(redeem(budi.username, code)).rejects.toMatchObject(refusal);
	await issue(budi.personId);
	await expect(redeem(budi.username, code)).rejects.toMatchObject(refusal);
	await expect(redeem('199001012015031009', code)).rejects.toMatchObject(refusal);
});

test('redeemed twice at once, it opens once', async () => {
	const siti = await door.account();
	const { code } = await issue(siti.personId);
	const answers = await Promise.allSettled([
		redeem(siti.username, code, now, 'sandi-pertama'),
		redeem(siti.username, code, now, 'sandi-kedua-nya')
	]);
	expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
});

test('a weak password costs no try of the code', async () => {
	const siti = await door.account();
	const { code } = await issue(siti.personId);
	for (let i = 0; i < 6; i++)
		await expect(redeem(siti.username, code, now, 'pendek')).rejects.toMatchObject({
			issues: [{ path: 'newPassword', code: 'auth.password.tooShort' }]
		});
	await expect(redeem(siti.username, code, now, siti.username)).rejects.toMatchObject({
		issues: [{ path: 'newPassword', code: 'auth.password.isUsername' }]
	});
	await redeem(siti.username, code);
});

test('a lost phone: the second factor is off and every session ended', async () => {
	const siti = await door.account();
	const phone = visitor('10.0.0.1');
	phone.keep((await signIn(phone.headers(), { ...siti, shared: false })).setCookies);
	const { secret } = await offerTwoFactor(phone.headers(), siti.password);
	phone.keep((await confirmTwoFactor(phone.headers(), totpOf(secret))).setCookies);
	expect(await sessionOf(phone.headers())).not.toBeNull();
	const { code } = await issue(siti.personId);
	await redeem(siti.username, code);
	expect(await sessionOf(phone.headers())).toBeNull();
	const next = await signIn(somewhere(), {
		username: siti.username,
		password: 'sandi-yang-baru',
		shared: false
	});
	expect(next.state).toBe('open');
});

test('somebody who never had an account gets one with their first code', async () => {
	const personId = newId();
	const newcomer = { username: '19990817202503 2 001', name: 'Rina Lestari' };
	await expect(issue(personId)).rejects.toMatchObject({ kind: 'missing', code: 'auth.accessCode.noAccount' });
	const { code, username } = await issue(personId, now, newcomer);
	expect(username).toBe('199908172025032001');
	await redeem(username, code);
	const browser = visitor('10.0.0.7');
	browser.keep(
		(await signIn(browser.headers(), { username, password: 'sandi-yang-baru', shared: false })).setCookies
	);
	expect(await sessionOf(browser.headers())).toMatchObject({
		personId,
		agencyId: door.agencyId,
		name: 'Rina Lestari'
	});
});

test('guesses at codes are limited like guesses at passwords', async () => {
	const siti = await door.account();
	const headers = visitor('10.4.0.1').headers();
	const guess = () =>
		redeemAccessCode(
			headers,
			{ username: siti.username, code: 'AAAA-AAAA', password: 'sandi-yang-baru' },
			now
		);
	await expect(guess()).rejects.toMatchObject(refusal);
	for (let i = 0; i < 4; i++)
		await countTry(authPool(), limitsOf('code', siti.username, '10.4.0.1'), now.getTime());
	await expect(guess()).rejects.toMatchObject({ kind: 'tooOften' });
});

test('the code itself is nowhere in the database', async () => {
	const siti = await door.account();
	const { code } = await issue(siti.personId);
	const { rows } = await door.owner.query<{ line: string }>(
		'select c::text as line from platform.access_code c where person_id = $1',
		[siti.personId]
	);
	expect(rows).toHaveLength(1);
	expect(rows[0]?.line).not.toContain(code.replace('-', ''));
});
