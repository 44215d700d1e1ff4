import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { sessionOf, endSessionsOf } from '#platform/auth/auth.ts';
import { endOtherSessions } from '#platform/auth/security.ts';
import { signIn, signOut } from '#platform/auth/sign-in.ts';
import { testDoor } from '#platform/auth/test-door.ts';
import { visitor } from '#platform/auth/test-visitor.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { reading, writing } from '#platform/db/pools.ts';
import { putDownLetters, putDownLettersOf } from '#platform/mail/letters.ts';
import { carrying } from '#platform/mail/carrying.ts';
import { run } from '#platform/work/run.ts';
import { addDevice, removeDevice } from './devices.ts';
import { openPush } from './open-push.ts';
import { pushing, type PushKind } from './pushing.ts';
import { usePusher } from './push.ts';
import { startPush } from './start-push.ts';
import { devicesAbout, forgetEndedDevices, ownDevices } from './subscriptions.ts';
import { browser, pushService } from './test-push-service.ts';
import { tryDevice } from './try-device.ts';

let door: Awaited<ReturnType<typeof testDoor>>;
let worker: ReturnType<typeof openKysely>;
let service: Awaited<ReturnType<typeof pushService>>;
let push: ReturnType<typeof openPush>;
const START = new Date('2026-04-10T03:00:00Z');
const after = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

beforeAll(async () => {
	door = await testDoor();
	worker = openKysely(openPool(door.url, 'asah_worker', 4));
});
afterAll(async () => {
	await worker.destroy();
	await door.close();
});
beforeEach(async () => {
	await door.owner.query('delete from platform.letter; delete from platform.push_subscription');
	read.clear();
	await open();
});
afterEach(async () => {
	usePusher(null);
	push.close();
	await service.close();
});

async function open(port = 0) {
	service = await pushService(port);
	push = openPush({
		subject: 'https://asah.kota.go.id',
		allowed: service.origin,
		secret: 'a secret of this installation, long enough',
		ca: service.ca
	});
	usePusher(push);
}

/** Somebody signed in on a browser of their own. */
async function somebody(known?: Awaited<ReturnType<typeof door.account>>) {
	const account = known ?? (await door.account());
	const visit = visitor('10.0.0.9', { userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/140.0' });
	const opened = await signIn(visit.headers(), { ...account, shared: false });
	visit.keep(opened.setCookies);
	const session = await sessionOf(visit.headers());
	if (!session) throw new Error('not signed in');
	const actor: Actor = {
		agencyId: door.agencyId,
		accountId: account.accountId,
		personId: account.personId,
		name: 'Siti Aminah',
		unitPath: '',
		hat: null,
		grants: []
	};
	const { keys, read } = browser();
	const add = (path: string, endpoint = service.origin + path) =>
		run(addDevice, {
			actor,
			input: { sessionId: session.sessionId, endpoint, ...keys, label: 'Chrome · Android' },
			kysely: door.db
		});
	return { account, actor, visit, session, keys, read, add };
}

const read = new Set<string>();
const compose: PushKind = (_db, { aboutId }) =>
	Promise.resolve(
		read.has(aboutId)
			? null
			: {
					title: 'Kursi Anda dipastikan',
					body: 'Isi',
					href: `/classes/${aboutId}`,
					language: 'id',
					tag: aboutId
				}
	);
const carrier = () => ({ worker, app: door.db, kinds: { test: compose }, send: push.send });
const putDown = (personIds: string[], aboutId = newId(), expiresAt = after(7 * 24 * 60)) =>
	writing(
		door.agencyId,
		(tx) =>
			putDownLetters(tx, {
				agencyId: door.agencyId,
				kind: 'test',
				aboutId,
				personIds,
				now: START,
				expiresAt,
				channel: 'push'
			}),
		door.db
	);
const letters = async (personId: string) =>
	(await door.owner.query('select * from platform.letter where person_id = $1', [personId])).rows;
const devices = async (personId: string) =>
	(await door.owner.query('select id from platform.push_subscription where person_id = $1', [personId])).rows
		.length;
const list = (actor: Actor, sessionId: string | null = null) =>
	reading(door.agencyId, (db) => ownDevices(db, actor, sessionId), door.db);

test('a letter goes once to each device of its person, and to nobody else', async () => {
	const siti = await somebody();
	const atHome = await somebody(siti.account);
	const budi = await somebody();
	await siti.add('/phone');
	await atHome.add('/home');
	await budi.add('/budi');
	await putDown([siti.account.personId]);
	const carry = pushing(carrier());
	expect(await carry(START)).toBe('sent');
	expect(await carry(after(60))).toBe('nothing');
	expect(service.delivered.map(({ path }) => path).toSorted()).toEqual(['/home', '/phone']);
	const [got] = service.to('/phone');
	expect(got && siti.read(got)).toMatchObject({ title: 'Kursi Anda dipastikan' });
	expect(got?.headers['ttl']).toBe(String(24 * 3600));
	expect((await list(siti.actor)).map(({ lastOkAt }) => lastOkAt)).toEqual([START, START]);
	// The copy of one's data names devices, and no address or key.
	const copy = await reading(door.agencyId, (db) => devicesAbout(db, siti.account.personId), door.db);
	expect(copy.map((one) => Object.keys(one).join())).toEqual(Array(2).fill('label,since,lastOkAt'));
});

test('what was read meanwhile does not go, nor to whom has no device', async () => {
	const siti = await somebody();
	await siti.add('/siti');
	const aboutId = newId();
	await putDown([siti.account.personId], aboutId);
	read.add(aboutId);
	await putDown([newId()]);
	const carry = pushing(carrier());
	expect([await carry(START), await carry(START)]).toEqual(['dropped', 'dropped']);
	expect(service.delivered).toEqual([]);
});

test('a service that is away for an hour gets everything once when it is back', async () => {
	const port = service.port;
	const people = await Promise.all([somebody(), somebody(), somebody()]);
	for (const [at, one] of people.entries()) await one.add(`/p${at}`);
	push.close();
	await service.close();
	await putDown(people.map(({ account }) => account.personId));
	const carry = pushing(carrier());
	for (let minute = 0; minute <= 60; minute++)
		for (let step = await carry(after(minute)); step !== 'nothing'; step = await carry(after(minute)))
			expect(step).toBe('away');
	expect(service.delivered).toEqual([]);
	await open(port);
	const back = pushing(carrier());
	for (let minute = 61; minute <= 130; minute++) await back(after(minute));
	expect(service.delivered.map(({ path }) => path).toSorted()).toEqual(['/p0', '/p1', '/p2']);
	for (const { account } of people)
		expect(await letters(account.personId)).toMatchObject([{ status: 'sent' }]);
});

test('one device whose service is busy is tried again; the other does not get it twice', async () => {
	const siti = await somebody();
	const atHome = await somebody(siti.account);
	await siti.add('/busy');
	await atHome.add('/home');
	service.answers((path) =>
		path === '/busy' ? { status: 429, headers: { 'retry-after': '600' } } : { status: 201 }
	);
	await putDown([siti.account.personId]);
	const carry = pushing(carrier());
	expect(await carry(START)).toBe('later');
	expect(await letters(siti.account.personId)).toMatchObject([
		{ status: 'waiting', error: 'platform.push.busy', next_at: after(10) }
	]);
	service.answers(() => ({ status: 201 }));
	expect(await carry(after(9))).toBe('nothing');
	expect(await carry(after(10))).toBe('sent');
	expect(service.to('/home')).toHaveLength(1);
	expect(service.to('/busy')).toHaveLength(2);
});

test.each([404, 410])('a device that its browser gave up (%i) is forgotten', async (status) => {
	const siti = await somebody();
	await siti.add('/gone');
	service.answers(() => ({ status }));
	await putDown([siti.account.personId]);
	expect(await pushing(carrier())(START)).toBe('dropped');
	expect(await devices(siti.account.personId)).toBe(0);
});

test('what is refused is given up, and says why', async () => {
	const siti = await somebody();
	await siti.add('/siti');
	service.answers(() => ({ status: 413 }));
	await putDown([siti.account.personId]);
	expect(await pushing(carrier())(START)).toBe('refused');
	expect(await letters(siti.account.personId)).toMatchObject([
		{ status: 'failed', error: 'platform.push.tooLarge' }
	]);
});

test('a process that dies between sending and writing it down sends twice at most, and loses nothing', async () => {
	const siti = await somebody();
	await siti.add('/siti');
	await putDown([siti.account.personId]);
	const dies = pushing({
		...carrier(),
		send: async (...sent) => {
			await push.send(...sent);
			return new Promise<never>(() => undefined);
		}
	});
	void dies(START);
	await expect.poll(() => service.delivered.length).toBe(1);
	const carry = pushing(carrier());
	expect(await carry(after(9))).toBe('nothing');
	expect(await carry(after(10))).toBe('sent');
	expect(await carry(after(60))).toBe('nothing');
	expect(service.delivered).toHaveLength(2);
	// The second takes the place of the first, in the service's hands and on the screen.
	expect(new Set(service.delivered.map(({ headers }) => headers['topic'])).size).toBe(1);
});

test('a push that could not go for a day is given up; one that merely waited is old news', async () => {
	const [siti, budi] = await Promise.all([somebody(), somebody()]);
	await siti.add('/siti');
	await budi.add('/budi');
	service.answers(() => ({ status: 503 }));
	await putDown([siti.account.personId]);
	const carry = pushing(carrier());
	expect(await carry(START)).toBe('away');
	await putDown([budi.account.personId]);
	expect([await carry(after(24 * 60)), await carry(after(24 * 60))]).toEqual(['late', 'late']);
	expect(await letters(siti.account.personId)).toMatchObject([
		{ status: 'failed', error: 'platform.push.away' }
	]);
	expect(await letters(budi.account.personId)).toMatchObject([{ status: 'dropped', error: null }]);
});

test('neither channel holds up the other, and one notice goes by both', async () => {
	const siti = await somebody();
	await siti.add('/siti');
	const aboutId = newId();
	const both = { agencyId: door.agencyId, kind: 'test', now: START };
	const rows = sql`select ${aboutId}::uuid as about_id, p as person_id, ${START}::timestamptz as next_at,
		${after(60)}::timestamptz as expires_at from unnest(${[siti.account.personId, newId()]}::uuid[]) p`;
	// By push only for whom has a device.
	const put = (channel: 'mail' | 'push') =>
		writing(door.agencyId, (tx) => putDownLettersOf(tx, { ...both, rows, channel }), door.db);
	expect([await put('mail'), await put('push'), await put('push')]).toEqual([2, 1, 0]);
	const mail = carrying({
		worker,
		app: door.db,
		kinds: {
			test: () => Promise.resolve({ to: { name: 'S', address: 's@uji.id' }, subject: 'x', text: 'x' })
		},
		send: () => Promise.resolve({ outcome: 'away', why: 'platform.mail.away' })
	});
	expect([await mail(START), await mail(START)]).toEqual(['away', 'paused']);
	expect(await pushing(carrier())(START)).toBe('sent');
});

test('a session that ends takes its device along, whoever ends it', async () => {
	const siti = await somebody();
	const { personId, accountId } = siti.account;
	const atHome = await somebody(siti.account);
	await siti.add('/phone');
	await atHome.add('/home');
	expect((await list(siti.actor, siti.session.sessionId)).map(({ here }) => here)).toEqual([true, false]);
	await signOut(siti.visit.headers());
	expect(await devices(personId)).toBe(1);
	const again = await somebody(siti.account);
	await again.add('/phone');
	await endOtherSessions(again.visit.headers());
	expect(await devices(personId)).toBe(1);
	await endSessionsOf(accountId);
	expect(await devices(personId)).toBe(0);
});

test('a session that ended by itself gets nothing, and its device is forgotten', async () => {
	const siti = await somebody();
	await siti.add('/siti');
	await putDown([siti.account.personId]);
	await door.owner.query(`update auth.session set expires_at = now() - interval '1 minute' where id = $1`, [
		siti.session.sessionId
	]);
	expect(await pushing(carrier())(START)).toBe('dropped');
	expect(await list(siti.actor)).toEqual([]);
	await forgetEndedDevices(worker);
	expect(await devices(siti.account.personId)).toBe(0);
	await expect(siti.add('/siti')).rejects.toMatchObject({ kind: 'signedOut' });
});

test('whoever uses a browser next has it to themselves', async () => {
	const siti = await somebody();
	const budi = await somebody();
	await siti.add('/shared');
	await budi.add('/shared');
	expect(await devices(siti.account.personId)).toBe(0);
	await putDown([siti.account.personId]);
	expect(await pushing(carrier())(START)).toBe('dropped');
	expect(service.delivered).toEqual([]);
});

test("somebody else's device cannot be tried or removed, nor put into somebody else's session", async () => {
	const siti = await somebody();
	const budi = await somebody();
	const { id } = await siti.add('/siti');
	const input = { deviceId: id };
	await expect(run(removeDevice, { actor: budi.actor, input, kysely: door.db })).rejects.toMatchObject({
		kind: 'missing'
	});
	const note = { title: 'x', body: 'x', href: '/', language: 'id', tag: 'x' };
	await expect(tryDevice(budi.actor, id, note, newId())).rejects.toMatchObject({ kind: 'missing' });
	expect(await list(budi.actor)).toEqual([]);
	const taken = { sessionId: siti.session.sessionId, endpoint: `${service.origin}/b`, ...budi.keys };
	await expect(run(addDevice, { actor: budi.actor, input: taken, kysely: door.db })).rejects.toMatchObject({
		kind: 'signedOut'
	});
	expect(await devices(siti.account.personId)).toBe(1);
	await run(removeDevice, { actor: siti.actor, input, kysely: door.db });
	expect(await devices(siti.account.personId)).toBe(0);
});

test('addresses inside the house and keys that are none are refused', async () => {
	const siti = await somebody();
	for (const endpoint of ['https://10.0.0.1/x', 'http://fcm.googleapis.com/x', 'https://simpeg.lan/x'])
		await expect(siti.add('', endpoint)).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'endpoint', code: 'platform.push.address' }]
		});
	const input = {
		sessionId: siti.session.sessionId,
		endpoint: `${service.origin}/x`,
		p256dh: 'B'.repeat(87),
		auth: siti.keys.auth
	};
	await expect(run(addDevice, { actor: siti.actor, input, kysely: door.db })).rejects.toMatchObject({
		kind: 'invalid'
	});
	expect(await devices(siti.account.personId)).toBe(0);
});

test('ten devices and no more, also when the last two come at once; this browser again is no eleventh', async () => {
	const siti = await somebody();
	const browsers = [siti];
	for (let i = 1; i < 11; i++) browsers.push(await somebody(siti.account));
	for (const [at, one] of browsers.slice(0, 9).entries()) await one.add(`/d${at}`);
	const last = await Promise.allSettled(browsers.slice(9).map((one, at) => one.add(`/last${at}`)));
	expect(last.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	await siti.add('/d0-again');
	expect(await devices(siti.account.personId)).toBe(10);
});

test('a trial goes at once, tells how it went, and not again within seconds', async () => {
	const siti = await somebody();
	const { id } = await siti.add('/siti');
	const note = { title: 'Percobaan', body: 'x', href: '/account', language: 'id', tag: 'trial' };
	const trial = () => tryDevice(siti.actor, id, note, newId());
	await trial();
	const [got] = service.to('/siti');
	expect(got && siti.read(got)).toEqual(note);
	await expect(trial()).rejects.toMatchObject({ kind: 'tooOften' });
	await door.owner.query('update platform.push_subscription set tried_at = null');
	service.answers(() => ({ status: 410 }));
	await expect(trial()).rejects.toMatchObject({ code: 'platform.push.gone' });
	expect(await devices(siti.account.personId)).toBe(0);
});

test('several lanes send each letter once, and stopping waits for those under way', async () => {
	const people = await Promise.all(Array.from({ length: 6 }, () => somebody()));
	for (const [at, one] of people.entries()) await one.add(`/p${at}`);
	await putDown(people.map(({ account }) => account.personId));
	await door.owner.query("update platform.letter set next_at = now(), expires_at = now() + interval '1 day'");
	const stop = startPush(carrier());
	await expect.poll(() => service.delivered.length, { timeout: 10_000 }).toBe(6);
	await stop();
	expect(new Set(service.delivered.map(({ path }) => path)).size).toBe(6);
	const { rows } = await door.owner.query(
		"select count(*)::int as n from platform.letter where status = 'sent'"
	);
	expect(rows).toEqual([{ n: 6 }]);
});
