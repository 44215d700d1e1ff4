import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { reading, writing } from '#platform/db/pools.ts';
import { testDatabase } from '../../../tests/make/database.ts';
import { carrying, type LetterKind } from './carrying.ts';
import { lettersAbout, putDownLetters } from './letters.ts';
import { forgetLetters } from './turns.ts';
import { openSmtp } from './smtp.ts';
import { startMail } from './start-mail.ts';
import { post, reply } from './test-post.ts';

let scratch: Awaited<ReturnType<typeof testDatabase>>;
let owner: pg.Pool;
let worker: ReturnType<typeof openKysely>;
let server: Awaited<ReturnType<typeof post>>;
let smtp: ReturnType<typeof openSmtp>;
const agencyId = newId();
const START = new Date('2026-04-10T03:00:00Z');
const after = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

beforeAll(async () => {
	scratch = await testDatabase();
	owner = new pg.Pool({ connectionString: scratch.url, max: 2 });
	worker = openKysely(openPool(scratch.url, 'asah_worker', 2));
	await owner.query(
		`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, 'uji', 'Kota Uji', 'Uji', 'Asia/Jakarta')`,
		[agencyId]
	);
});
afterAll(async () => {
	await owner.end();
	await worker.destroy();
	await scratch.drop();
});

let refuse: (address: string) => Error | null = () => null;
const open = async (port = 0) => {
	server = await post({ onRcptTo: ({ address }, _session, done) => done(refuse(address)) }, port);
	smtp = openSmtp(server.settings());
};
beforeEach(async () => {
	refuse = () => null;
	await owner.query('delete from platform.letter');
	await open();
});
afterEach(async () => {
	smtp.close();
	await server.close();
});

/** Everybody's address is their id; who is not in `needed` is done. */
const notNeeded = new Set<string>();
const compose: LetterKind = (_db, { personId }) =>
	Promise.resolve(
		notNeeded.has(personId)
			? null
			: { to: { name: 'Ani', address: `${personId}@uji.example` }, subject: 'Survei', text: 'Isi, ya.' }
	);
const aboutId = newId();
const carrier = () => ({ worker, app: scratch.db, kinds: { test: compose }, send: smtp.send });
const putDown = (personIds: string[], expiresAt = after(3 * 24 * 60)) =>
	writing(
		agencyId,
		(tx) => putDownLetters(tx, { agencyId, kind: 'test', aboutId, personIds, now: START, expiresAt }),
		scratch.db
	);
const about = () => reading(agencyId, (db) => lettersAbout(db, 'test', aboutId), scratch.db);
const row = async (personId: string) =>
	(await owner.query('select * from platform.letter where person_id = $1', [personId])).rows[0];
const dueAt = async (personId: string) =>
	((await row(personId)).next_at.getTime() - START.getTime()) / 60_000;

test('a letter that was put down goes once, and nothing of it stays but that it went', async () => {
	const ani = newId();
	expect(await putDown([ani])).toBe(1);
	const carry = carrying(carrier());
	expect(await carry(START)).toBe('sent');
	expect(await carry(after(60))).toBe('nothing');
	expect(server.arrived).toMatchObject([{ to: [`${ani}@uji.example`], text: 'Isi, ya.' }]);
	expect(await about()).toEqual({ waiting: 0, sent: 1, failed: 0, trouble: null });
	expect(JSON.stringify(await row(ani))).not.toMatch(/uji\.example|Isi, ya/);
});

test('what waits is not put down again, however often and by how many at once', async () => {
	const people = [newId(), newId()];
	const counts = await Promise.all([putDown(people), putDown(people), putDown(people)]);
	expect(counts.toSorted()).toEqual([0, 0, 2]);
	const [one, two] = [carrying(carrier()), carrying(carrier())];
	const steps = await Promise.all([one(START), two(START), one(START), two(START)]);
	expect(steps.toSorted()).toEqual(['nothing', 'nothing', 'sent', 'sent']);
	expect(server.arrived.flatMap(({ to }) => to).toSorted()).toEqual(
		people.map((id) => `${id}@uji.example`).toSorted()
	);
});

test('a command that is rolled back has put nothing down', async () => {
	await expect(
		writing(
			agencyId,
			async (tx) => {
				await putDownLetters(tx, {
					agencyId,
					kind: 'test',
					aboutId,
					personIds: [newId()],
					now: START,
					expiresAt: after(9)
				});
				throw new Error('changed its mind');
			},
			scratch.db
		)
	).rejects.toThrow('changed its mind');
	expect(await about()).toMatchObject({ waiting: 0 });
});

test('a server that is away is asked after ever longer pauses, with one letter and not with all', async () => {
	const port = server.port;
	smtp.close();
	await server.close();
	await putDown([newId(), newId(), newId()]);
	const carry = carrying(carrier());
	const asked: number[] = [];
	for (let minute = 0; minute <= 250; minute++) {
		const step = await carry(after(minute));
		if (step === 'away') asked.push(minute);
		else expect(step).toBe('paused');
	}
	expect(asked).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
	expect(await about()).toMatchObject({ waiting: 3, trouble: { why: 'platform.mail.away', holdsAll: true } });
	await open(port);
	const back = carrying(carrier());
	expect(await back(after(400))).toBe('sent');
	// The letters that were tried meanwhile wait their turn, and no longer say that the server is away.
	expect(await about()).toMatchObject({ waiting: 2, sent: 1, trouble: null });
	expect([await back(after(400)), await back(after(400))]).toEqual(['sent', 'sent']);
	expect(server.arrived).toHaveLength(3);
	expect(await about()).toMatchObject({ waiting: 0, sent: 3, trouble: null });
});

test('after its days a letter is given up, and says what was wrong', async () => {
	const ani = newId();
	smtp.close();
	await server.close();
	await putDown([ani]);
	const carry = carrying(carrier());
	expect(await carry(START)).toBe('away');
	await open();
	expect(await carry(after(3 * 24 * 60))).toBe('late');
	expect(server.arrived).toEqual([]);
	expect(await row(ani)).toMatchObject({ status: 'failed', error: 'platform.mail.away' });
	expect(await about()).toEqual({ waiting: 0, sent: 0, failed: 1, trouble: null });
});

test('an address that is refused is given up at once, and the next letter goes', async () => {
	const [gone, ani] = [newId(), newId()];
	refuse = (address) => (address.startsWith(gone) ? reply(550, '5.1.1 no such user') : null);
	await putDown([gone]);
	await putDown([ani]);
	const carry = carrying(carrier());
	expect([await carry(START), await carry(START)].toSorted()).toEqual(['refused', 'sent']);
	const refused = await row(gone);
	expect(refused).toMatchObject({ status: 'failed', error: 'platform.mail.refusedAddress', attempts: 1 });
	expect(
		(
			await owner.query(`select encode(sha256(convert_to($1, 'UTF8')), 'hex') as hash`, [
				`${gone}@uji.example`
			])
		).rows[0].hash
	).toBe(refused.refused_hash);
});

test('a full mailbox is tried again after ever longer pauses, and holds up nobody else', async () => {
	const [full, ani] = [newId(), newId()];
	refuse = (address) => (address.startsWith(full) ? reply(452, '4.2.2 mailbox full') : null);
	await putDown([full]);
	const carry = carrying(carrier());
	expect(await carry(START)).toBe('later');
	expect(await dueAt(full)).toBe(5);
	expect((await about()).trouble).toEqual({
		why: 'platform.mail.later',
		holdsAll: false,
		letters: 1,
		since: START
	});
	await putDown([ani]);
	expect(await carry(after(1))).toBe('sent');
	expect(await carry(after(5))).toBe('later');
	expect(await dueAt(full)).toBe(15);
	refuse = () => null;
	expect(await carry(after(15))).toBe('sent');
});

test('a letter that nobody needs any more when it is its turn does not go', async () => {
	const ani = newId();
	await putDown([ani]);
	notNeeded.add(ani);
	expect(await carrying(carrier())(START)).toBe('dropped');
	expect(server.arrived).toEqual([]);
	expect(await row(ani)).toMatchObject({ status: 'dropped', error: null });
});

test('a letter whose process died is taken over after ten minutes, not before', async () => {
	await putDown([newId()]);
	const dead = carrying({ ...carrier(), send: () => new Promise<never>(() => undefined) });
	void dead(START);
	await expect
		.poll(async () => (await owner.query('select sum(attempts)::int as n from platform.letter')).rows[0].n)
		.toBe(1);
	const carry = carrying(carrier());
	expect(await carry(after(9))).toBe('nothing');
	expect(await carry(after(10))).toBe('sent');
});

test('a mistake of ours in one kind of letter holds up no other', async () => {
	const [broken, ani] = [newId(), newId()];
	await putDown([broken]);
	await owner.query(`update platform.letter set kind = 'nobodys'`);
	await putDown([ani]);
	const carry = carrying(carrier());
	expect([await carry(START), await carry(START)].toSorted()).toEqual(['later', 'sent']);
	expect(await row(broken)).toMatchObject({ status: 'waiting', error: 'platform.mail.ours' });
});

test('no more go in a minute than was set, and stopping waits for the one under way', async () => {
	await putDown([newId(), newId(), newId(), newId()]);
	await owner.query("update platform.letter set next_at = now(), expires_at = now() + interval '1 day'");
	const began = performance.now();
	const stop = startMail(carrier(), 120);
	await expect.poll(() => server.arrived.length, { timeout: 10_000, interval: 20 }).toBe(3);
	// Half a second between two of them.
	expect(performance.now() - began).toBeGreaterThan(950);
	await stop();
	expect(await about()).toMatchObject({ sent: 3, waiting: 1 });
});

test('what is finished is forgotten after half a year', async () => {
	await putDown([newId()]);
	await carrying(carrier())(START);
	await forgetLetters(worker, after(179 * 24 * 60));
	expect(await about()).toMatchObject({ sent: 1 });
	await forgetLetters(worker, after(181 * 24 * 60));
	expect(await about()).toMatchObject({ sent: 0 });
});
