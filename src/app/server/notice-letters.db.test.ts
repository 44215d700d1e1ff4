import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { writing } from '#platform/db/pools.ts';
import { carrying } from '#platform/mail/carrying.ts';
import { useMailer } from '#platform/mail/mail.ts';
import { openSmtp } from '#platform/mail/smtp.ts';
import { header, post, reply } from '#platform/mail/test-post.ts';
import { writeEvents } from '#platform/work/run.ts';
import { tellCommand } from '#slices/notices/public.server.ts';
import { dropLetter, resend, sentByHand } from '#slices/notices/server/commands/outbox.ts';
import { openNotice, readAll } from '#slices/notices/server/commands/read.ts';
import { saveSettings } from '#slices/notices/server/commands/save-settings.ts';
import { outboxOf } from '#slices/notices/server/queries/outbox.ts';
import { noticesOf, settingsOf } from '#slices/notices/server/queries/own.ts';
import { classroom } from '../../../tests/make/classroom.ts';
import { systemActor } from './actor.ts';
import { letterKinds, letterTexts } from './letters.ts';
import { everythingAbout } from './my-data.ts';
import { turnNotices } from './notice-clock.ts';
import { noticeLetter } from './notices.ts';

let it: Awaited<ReturnType<typeof classroom>>;
let worker: ReturnType<typeof openKysely>;
let server: Awaited<ReturnType<typeof post>>;
let smtp: ReturnType<typeof openSmtp>;
let refuse: (address: string) => Error | null = () => null;
let classId = '';
/** Ten in the morning of a Tuesday, WIB. */
const TEN = new Date('2027-03-09T10:00:00+07:00');
const later = (hours: number, from = TEN) => new Date(from.getTime() + hours * 3_600_000);

/** A made-up event that concerns whoever is named in it: what is told when, not to whom, is proved here. */
const tell = tellCommand({
	'classes.enrolled': sql`select h.id as event_id, (h.payload->>'personId')::uuid as person_id, 'enrolled' as kind, (h.payload->>'classId')::uuid as about_id,
		jsonb_build_object('class', 'Pelayanan prima', 'from', '2027-04-01', 'to', '2027-04-02') as facts, '/classes/' || (h.payload->>'classId') as href,
		'2027-04-03 00:00+07'::timestamptz as good_until from heard h`,
	'credentials.issued': sql`select h.id as event_id, (h.payload->>'personId')::uuid as person_id, 'certificateIssued' as kind, (h.payload->>'certificateId')::uuid as about_id,
		jsonb_build_object('class', 'Pelayanan prima', 'number', '1/2027') as facts, '/credentials/' || (h.payload->>'certificateId') as href,
		null::timestamptz as good_until from heard h`
});

beforeAll(async () => {
	it = await classroom();
	it.nextDay();
	classId = (await it.aClass()).classId;
	worker = openKysely(openPool(it.url, 'asah_worker', 1));
});
afterAll(async () => {
	await worker.destroy();
	await it.close();
});
const open = async (port = 0) => {
	server = await post({ onRcptTo: ({ address }, _session, done) => done(refuse(address)) }, port);
	smtp = openSmtp(server.settings());
	useMailer(smtp.send);
};
beforeEach(async () => {
	refuse = () => null;
	await open();
	for (const table of [
		'platform.letter',
		'notices.notice',
		'notices.digest',
		'notices.preference',
		'notices.hours'
	])
		await it.owner.query(`delete from ${table}`);
	await it.owner.query(
		`update people.person set email = name || '@uji.example', restricted = false, language = null`
	);
});
afterEach(async () => {
	useMailer(null);
	smtp.close();
	await server.close();
});

/** Tells these people at a time that a seat (written to at once) or a certificate (daily letter) is theirs. */
async function happens(name: 'classes.enrolled' | 'credentials.issued', at: Date, ...names: string[]) {
	const before = new Set((await events()).map(({ id }) => id));
	await writing(
		it.agencyId,
		(tx) =>
			writeEvents(
				tx,
				it.agencyId,
				names.map((who) => ({ name, payload: { personId: it.who(who), classId, certificateId: classId } })),
				at
			),
		it.db
	);
	const eventIds = (await events()).map(({ id }) => id).filter((id) => !before.has(id));
	return it.does(systemActor(it.agencyId), tell, { name, eventIds }, { now: at });
}
const events = async () =>
	(await it.owner.query<{ id: string }>('select id from platform.event where agency_id = $1', [it.agencyId]))
		.rows;
const carrier = () =>
	carrying({ worker, app: it.db, kinds: letterKinds('https://asah.uji.example'), send: smtp.send });
/** Carries whatever is due; answers to whom. */
async function carryAll(at: Date): Promise<string[]> {
	const carry = carrier();
	const before = server.arrived.length;
	while (!['nothing', 'paused'].includes(await carry(at)));
	return server.arrived
		.slice(before)
		.flatMap(({ to }) => to)
		.toSorted();
}
const choose = (who: string, more: object) =>
	it.does(it.as(who), saveSettings, {
		email: {
			seats: 'now',
			sessions: 'now',
			tasks: 'digest',
			results: 'digest',
			surveys: 'never',
			plans: 'digest'
		},
		push: [],
		quietFrom: 20,
		quietTo: 6,
		digestHour: 7,
		...more
	});
const letter = async (who: string) =>
	(
		await it.owner.query('select * from platform.letter where person_id = $1 order by created_at desc', [
			it.who(who)
		])
	).rows[0];
const delivers = () => it.as('officer', ['notices.deliver'], '');

describe('a letter about a notice', () => {
	test('goes at once by day, in the reader’s language, and says how to change that', async () => {
		await it.owner.query(`update people.person set language = 'en' where id = $1`, [it.who('budi')]);
		expect(await happens('classes.enrolled', TEN, 'ani', 'budi')).toEqual({ notices: 2, letters: 2 });
		expect(await carryAll(TEN)).toEqual(['ani@uji.example', 'budi@uji.example']);
		const [anis, budis] = ['ani', 'budi'].map((who) =>
			server.arrived.find(({ to }) => to.includes(`${who}@uji.example`))
		);
		expect(header(anis, 'subject')).toEqual(['Anda terdaftar di kelas Pelayanan prima']);
		expect(anis?.text).toContain('1–2 April 2027');
		expect(anis?.text).toContain(`https://asah.uji.example/classes/${classId}`);
		expect(anis?.text).toContain('https://asah.uji.example/notices/settings');
		expect(header(budis, 'subject')).toEqual(['You are enrolled in Pelayanan prima']);
		expect(await carryAll(later(5))).toEqual([]);
	});

	test('waits until its reader is awake, each by their own hours', async () => {
		await choose('budi', { quietFrom: 23, quietTo: 4 });
		const night = new Date('2027-03-09T21:30:00+07:00');
		await happens('classes.enrolled', night, 'ani', 'budi');
		expect(await carryAll(night)).toEqual(['budi@uji.example']);
		expect(await carryAll(new Date('2027-03-10T05:59:00+07:00'))).toEqual([]);
		expect(await carryAll(new Date('2027-03-10T06:00:00+07:00'))).toEqual(['ani@uji.example']);
	});

	test('does not go any more when it was read in the app, or is unwanted by now', async () => {
		const night = new Date('2027-03-09T21:30:00+07:00');
		await happens('classes.enrolled', night, 'ani', 'budi', 'citra');
		await it.does(it.as('ani'), readAll, {});
		await choose('budi', {
			email: {
				seats: 'never',
				sessions: 'now',
				tasks: 'digest',
				results: 'digest',
				surveys: 'never',
				plans: 'digest'
			}
		});
		expect(await carryAll(later(24))).toEqual(['citra@uji.example']);
		expect((await letter('ani')).status).toBe('dropped');
	});

	test('is put down for nobody without address, nor who asked to be left alone, nor after what it tells of', async () => {
		await it.owner.query('update people.person set email = null where id = $1', [it.who('ani')]);
		await it.owner.query('update people.person set restricted = true where id = $1', [it.who('budi')]);
		expect(await happens('classes.enrolled', TEN, 'ani', 'budi')).toEqual({ notices: 2, letters: 0 });
		expect(await happens('classes.enrolled', new Date('2027-04-03T08:00:00+07:00'), 'citra')).toEqual({
			notices: 1,
			letters: 0
		});
		const seen = await it.sees((db) =>
			noticesOf(db, it.as('budi'), { category: null, unread: true }, { limit: 9, offset: 0 })
		);
		expect(seen.notices.map(({ kind }) => kind)).toEqual(['enrolled']);
		const aboutId = seen.notices[0]?.id ?? '';
		expect(await it.sees((db) => noticeLetter(db, { personId: it.who('budi'), aboutId }))).toBeNull();
	});

	test('arrives once after an hour without mail server, as do all the others', async () => {
		const port = server.port;
		smtp.close();
		await server.close();
		await happens('classes.enrolled', TEN, 'ani', 'budi', 'citra', 'dewi');
		const away = carrier();
		for (let minute = 0; minute < 60; minute++) await away(new Date(TEN.getTime() + minute * 60_000));
		await open(port);
		const arrived: string[] = [];
		for (let minute = 60; minute < 240; minute++)
			arrived.push(...(await carryAll(new Date(TEN.getTime() + minute * 60_000))));
		expect(arrived.toSorted()).toEqual(['ani', 'budi', 'citra', 'dewi'].map((who) => `${who}@uji.example`));
		expect(server.arrived).toHaveLength(4);
	});
});

describe('the daily letter', () => {
	const seven = new Date('2027-03-10T07:00:00+07:00');

	test('holds everything unread of the day before, goes once with two clocks, and not again', async () => {
		await happens('credentials.issued', TEN, 'ani', 'budi');
		await happens('credentials.issued', later(1), 'ani');
		expect(await carryAll(later(2))).toEqual([]);
		expect(await turnNotices(worker, it.db, new Date('2027-03-10T06:59:00+07:00'))).toBe(0);
		const counts = await Promise.all([turnNotices(worker, it.db, seven), turnNotices(worker, it.db, seven)]);
		expect(counts.toSorted()).toEqual([0, 2]);
		expect(await carryAll(seven)).toEqual(['ani@uji.example', 'budi@uji.example']);
		const anis = server.arrived.find(({ to }) => to.includes('ani@uji.example'));
		expect(header(anis, 'subject')).toEqual(['2 pemberitahuan belum dibaca di Asah']);
		expect(anis?.text.match(/Sertifikat Anda terbit/g)).toHaveLength(2);
		await happens('credentials.issued', later(0.5, seven), 'budi');
		expect(await turnNotices(worker, it.db, later(1, seven))).toBe(0);
		expect(await turnNotices(worker, it.db, later(24, seven))).toBe(1);
		expect(await carryAll(later(24, seven))).toEqual(['budi@uji.example']);
		expect(header(server.arrived.at(-1), 'subject')).toEqual(['1 pemberitahuan belum dibaca di Asah']);
	});

	test('leaves out what was read since, and is dropped when that is all', async () => {
		await happens('credentials.issued', TEN, 'ani');
		await turnNotices(worker, it.db, seven);
		await it.does(it.as('ani'), readAll, {});
		expect(await carryAll(seven)).toEqual([]);
		expect((await letter('ani')).status).toBe('dropped');
	});

	test('that was given up without a mail server is made up for by the next', async () => {
		smtp.close();
		await server.close();
		await happens('credentials.issued', TEN, 'ani');
		await turnNotices(worker, it.db, seven);
		useMailer(null);
		await turnNotices(worker, it.db, later(73, seven));
		expect(await letter('ani')).toMatchObject({ status: 'waiting' });
		const statuses = await it.owner.query('select status, error from platform.letter order by created_at');
		expect(statuses.rows).toEqual([
			{ status: 'failed', error: 'platform.mail.late' },
			{ status: 'waiting', error: null }
		]);
		await open();
		expect(await carryAll(later(74, seven))).toEqual(['ani@uji.example']);
	});
});

describe('the outbox', () => {
	const sheet = (status: 'waiting' | 'sent' | 'failed' | 'dropped') =>
		it.sees((db) => outboxOf(db, delivers(), { status, kind: null }, { limit: 9, offset: 0 }));

	test('is for whoever answers for sending, with masked addresses', async () => {
		await happens('classes.enrolled', TEN, 'ani');
		for (const name of ['ani', 'kasi'])
			await expect(
				it.sees((db) =>
					outboxOf(
						db,
						it.as(name, ['people.read', 'agency.audit'], ''),
						{ status: 'waiting', kind: null },
						{ limit: 9, offset: 0 }
					)
				)
			).rejects.toMatchObject({ kind: 'missing' });
		const { letters, counts } = await sheet('waiting');
		expect(letters).toMatchObject([{ name: 'ani', address: 'a…@uji.example', why: null }]);
		expect(counts).toEqual({ waiting: 1, sent: 0, failed: 0, dropped: 0 });
	});

	test('lets a letter that was refused go again, once', async () => {
		refuse = () => reply(550, '5.1.1 no such user');
		await happens('classes.enrolled', TEN, 'ani');
		await carryAll(TEN);
		const [failed] = (await sheet('failed')).letters;
		expect(failed).toMatchObject({ why: 'platform.mail.refusedAddress', status: 'failed' });
		refuse = () => null;
		await expect(it.does(it.as('ani'), resend, { letterId: failed?.id })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(it.does(delivers(), resend, { all: true, kind: 'notices.digest' })).rejects.toMatchObject({
			code: 'notices.outbox.nothingFailed'
		});
		await it.does(delivers(), resend, { letterId: failed?.id }, { now: later(1) });
		await expect(it.does(delivers(), resend, { letterId: failed?.id })).rejects.toMatchObject({
			code: 'notices.outbox.nothingFailed'
		});
		expect(await carryAll(later(1))).toEqual(['ani@uji.example']);
		expect(await carryAll(later(9))).toEqual([]);
		await expect(it.does(delivers(), resend, { all: true })).rejects.toMatchObject({
			code: 'notices.outbox.nothingFailed'
		});
	});

	test('is worked by hand where there is no mail server: whole letters, sent oneself or not at all', async () => {
		useMailer(null);
		await happens('classes.enrolled', TEN, 'ani', 'budi');
		const { letters } = await sheet('waiting');
		const texts = await it.sees((db) => letterTexts(db, letters, 'https://asah.uji.example'));
		const idOf = (name: string) => letters.find((one) => one.name === name)?.id ?? '';
		expect(texts.get(idOf('ani'))).toMatchObject({
			to: { address: 'ani@uji.example' },
			subject: 'Anda terdaftar di kelas Pelayanan prima'
		});
		await it.does(delivers(), sentByHand, { letterId: idOf('ani') });
		await it.does(delivers(), dropLetter, { letterId: idOf('budi') });
		await expect(it.does(delivers(), sentByHand, { letterId: idOf('ani') })).rejects.toMatchObject({
			code: 'notices.outbox.ended'
		});
		expect((await sheet('sent')).letters).toMatchObject([{ name: 'ani', why: 'platform.mail.byHand' }]);
		expect((await sheet('dropped')).letters).toMatchObject([{ name: 'budi' }]);
		useMailer(smtp.send);
		expect(await carryAll(later(1))).toEqual([]);
	});

	test('worked by hand loses by itself what was read in the app', async () => {
		useMailer(null);
		await happens('classes.enrolled', TEN, 'ani', 'budi');
		await happens('credentials.issued', TEN, 'citra', 'dewi');
		await turnNotices(worker, it.db, later(22));
		for (const who of ['ani', 'citra']) await it.does(it.as(who), readAll, {});
		await turnNotices(worker, it.db, later(23));
		expect((await sheet('waiting')).letters.map(({ name }) => name).toSorted()).toEqual(['budi', 'dewi']);
		expect((await sheet('dropped')).letters.map(({ name }) => name).toSorted()).toEqual(['ani', 'citra']);
	});

	test('of another agency is not seen, nor are its events', async () => {
		await it.owner.query(
			`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, 'lain', 'Lain', 'Lain', 'Asia/Jakarta')`,
			[newId()]
		);
		await it.owner.query(
			`insert into platform.event (agency_id, id, name, payload, at, attempts, error)
			select agency_id, $1, 'classes.closed', '{}', now(), 3, E'pecah\\nstack' from platform.agency where code = 'lain'`,
			[newId()]
		);
		await it.owner.query(
			`insert into platform.event (agency_id, id, name, payload, at, attempts, error) values ($1, $2, 'classes.opened', '{"rahasia":1}', now(), 2, E'gagal\\nstack')`,
			[it.agencyId, newId()]
		);
		const { stuck } = await sheet('waiting');
		expect(stuck).toMatchObject({
			total: 1,
			events: [{ name: 'classes.opened', attempts: 2, error: 'gagal' }]
		});
		expect(JSON.stringify(stuck)).not.toContain('rahasia');
	});
});

test('settings are usual until they are chosen, and belong to a person’s own data with the notices', async () => {
	const usual = await it.sees((db) => settingsOf(db, it.as('ani')));
	expect(usual).toMatchObject({
		email: { seats: 'now', surveys: 'never' },
		quietFrom: 20,
		quietTo: 6,
		digestHour: 7
	});
	await choose('ani', { push: ['seats'], digestHour: 16 });
	expect(await it.sees((db) => settingsOf(db, it.as('ani')))).toMatchObject({
		push: { seats: true, tasks: false },
		digestHour: 16
	});
	await happens('classes.enrolled', TEN, 'ani');
	const data = await it.sees((db) => everythingAbout(db, it.as('ani'), it.who('ani'), TEN));
	expect(data.notices).toMatchObject({
		notices: [{ kind: 'enrolled', readAt: null }],
		hours: { digestHour: 16 }
	});
	const noticeId = (await it.owner.query('select id from notices.notice')).rows[0].id;
	await it.does(it.as('ani'), openNotice, { noticeId }, { now: TEN });
	await turnNotices(worker, it.db, later(24 * 181));
	expect((await it.owner.query('select id from notices.notice')).rows).toEqual([]);
});
