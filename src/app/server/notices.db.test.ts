import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inLanguage } from '#platform/i18n/language.server.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { deliverEvents } from '#platform/work/events.ts';
import { answerOffer } from '#slices/classes/server/commands/pass-seats-on.ts';
import { askMark, decideMark } from '#slices/classes/server/commands/ask-mark.ts';
import { decideRequest, withdraw } from '#slices/classes/server/commands/decide-registration.ts';
import { finishClass, markAttendance } from '#slices/classes/server/commands/mark-attendance.ts';
import {
	excuseFacilitator,
	substituteFacilitator
} from '#slices/classes/server/commands/replace-facilitator.ts';
import { handOver } from '#slices/classes/server/commands/hand-over.ts';
import { cancelClass, createClass, startClass } from '#slices/classes/server/commands/write-class.ts';
import { closeRoom, createRoom } from '#slices/classes/server/commands/write-room.ts';
import { addSession, cancelSession, changeSession } from '#slices/classes/server/commands/write-session.ts';
import { noticeWords } from '#slices/notices/server/words.ts';
import { KINDS, kindOf, noticeFacts } from '#slices/notices/model.ts';
import { openNotice, readAll } from '#slices/notices/server/commands/read.ts';
import { noticesOf } from '#slices/notices/server/queries/own.ts';
import { classroom } from '../../../tests/make/classroom.ts';
import { wireNotices } from './notices.ts';

let it: Awaited<ReturnType<typeof classroom>>;
let worker: ReturnType<typeof openKysely>;
const ALL = { category: null, unread: false } as const;
const PAGE = { limit: 100, offset: 0 };
beforeAll(async () => {
	it = await classroom();
	worker = openKysely(openPool(it.url, 'asah_worker', 1));
	wireNotices();
	await it.owner.query(
		`insert into people.role_grant (agency_id, id, person_id, role, unit_id, valid_from, made_by) values ($1, $2, $3, 'trainingAdmin', $4, '2020-01-01', 'uji')`,
		[it.agencyId, newId(), it.who('officer'), it.unit.kota]
	);
});
beforeEach(async () => {
	it.nextDay();
	await it.owner.query('update platform.event set delivered_at = now() where delivered_at is null');
	await it.owner.query('delete from platform.letter');
	await it.owner.query('delete from notices.notice');
});
afterAll(async () => {
	await worker.destroy();
	await it.close();
});

/** Everybody who was told since, by name, in the order of the alphabet: "ani enrolled". */
async function heard(): Promise<string[]> {
	while ((await deliverEvents(worker, it.db)) > 0);
	const rows = await it.owner.query<{ name: string; kind: string; facts: unknown }>(
		`select p.name, n.kind, n.facts from notices.notice n join people.person p on p.agency_id = n.agency_id and p.id = n.person_id`
	);
	for (const { kind, facts } of rows.rows) {
		const known = kindOf(kind);
		if (known === null) throw new Error(`no such kind: ${kind}`);
		const { title, text } = noticeWords(known, noticeFacts(facts));
		expect(`${title} ${text}`).not.toMatch(/undefined|null|notices\.|\{/);
	}
	const stuck = await it.owner.query('select name, error from platform.event where delivered_at is null');
	expect(stuck.rows).toEqual([]);
	await it.owner.query('delete from notices.notice');
	return rows.rows.map(({ name, kind }) => `${name} ${kind}`).sort();
}
const rowsOf = (name: string) => it.sees((db) => noticesOf(db, it.as(name), ALL, PAGE));
const changed = (sessionId: string, classId: string, more: object) => {
	const { classId: _classId, ...facts } = it.session(classId);
	return { sessionId, ...facts, ...more };
};

describe('who is told', () => {
	test('of a request: who decides; of the answer: who asked', async () => {
		const { classId } = await it.aClass({ facilitator: 'trainer' });
		expect(await heard()).toEqual(['trainer teachingPlanned']);
		const asked = await it.asks('ani', classId);
		expect(await heard()).toEqual(['kasi seatAsked']);
		await it.yes(it.kasi, asked);
		expect(await heard()).toEqual(['ani enrolled']);
		const other = await it.asks('budi', classId);
		await it.does(it.kasi, decideRequest, {
			registrationId: other,
			decision: 'reject',
			note: 'Loket kosong'
		});
		// Decided before it was heard of: nobody is asked any more.
		expect(await heard()).toEqual(['budi seatRefused']);
	});

	test('of a supervisor who is away: their deputy as well', async () => {
		await it.owner.query(
			`insert into classes.deputy (agency_id, id, supervisor_id, deputy_id, valid_from, valid_to, named_by, named_at)
			values ($1, $2, $3, $4, current_date - 1, current_date + 1, 'uji', now())`,
			[it.agencyId, newId(), it.who('kasi'), it.who('fitri')]
		);
		const { classId } = await it.aClass();
		await it.asks('ani', classId);
		expect(await heard()).toEqual(['fitri seatAsked', 'kasi seatAsked']);
		await it.owner.query('delete from classes.deputy');
	});

	test('of a full class: who waits, and who moves up when somebody leaves', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await it.enrolled(classId, 'ani');
		expect(await heard()).toEqual(['ani enrolled']);
		await it.enrolled(classId, 'budi');
		expect(await heard()).toEqual(['budi queued']);
		const seat = await it.owner.query<{ id: string }>(
			`select id from classes.registration where class_id = $1 and person_id = $2`,
			[classId, it.who('ani')]
		);
		await new Promise((done) => setTimeout(done, 1100));
		await it.does(it.as('ani'), withdraw, { registrationId: seat.rows[0]?.id });
		expect(await heard()).toEqual(['budi promoted']);
	});

	test('of a seat that has to be answered: who is offered it', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await it.owner.query('update classes.class set answer_hours = 24 where id = $1', [classId]);
		await it.enrolled(classId, 'ani', 'budi');
		await heard();
		const ids = await it.owner.query<{ id: string; person_id: string }>(
			`select id, person_id from classes.registration where class_id = $1`,
			[classId]
		);
		const of = (name: string) => ids.rows.find((row) => row.person_id === it.who(name))?.id;
		await it.does(it.office, withdraw, { registrationId: of('ani'), note: 'Dinas luar' });
		expect(await heard()).toEqual(['ani seatTaken', 'budi offered']);
		await it.does(it.as('budi'), answerOffer, { registrationId: of('budi'), answer: 'accept' });
		expect(await heard()).toEqual(['budi enrolled']);
	});

	test('of a session that changes: those concerned and nobody else', async () => {
		const { classId, sessionId } = await it.aClass({ facilitator: 'trainer' });
		const other = await it.aClass({ from: '13:00', to: '14:00' });
		await it.enrolled(classId, 'ani');
		await it.enrolled(other.classId, 'budi');
		await heard();
		await it.does(
			it.office,
			changeSession,
			changed(sessionId, classId, { from: '08:30', facilitatorNip: it.nip('coach') })
		);
		expect(await heard()).toEqual(['ani sessionChanged', 'coach teachingGiven', 'trainer teachingTaken']);
		await it.does(it.as('coach', ['classes.teach']), excuseFacilitator, {
			sessionId,
			personId: it.who('coach'),
			reason: 'Sakit mendadak'
		});
		expect(await heard()).toEqual(['ani sessionChanged', 'officer substituteWanted']);
		await it.does(it.office, substituteFacilitator, { sessionId, personId: it.who('trainer') });
		expect(await heard()).toEqual(['ani sessionChanged', 'trainer teachingGiven']);
		await it.does(it.office, cancelSession, { sessionId, reason: 'Banjir' });
		expect(await heard()).toEqual(['ani sessionCancelled', 'trainer sessionCancelled']);
	});

	test('of a class that is called off: who had a seat or asked for one, and who teaches', async () => {
		const { classId } = await it.aClass({ facilitator: 'trainer' });
		await it.enrolled(classId, 'ani');
		await it.asks('budi', classId);
		await heard();
		await it.does(it.office, cancelClass, { classId, note: 'Anggaran digeser' });
		expect(await heard()).toEqual(['ani classCancelled', 'budi classCancelled', 'trainer classCancelled']);
	});

	test('of a room that closes: the office', async () => {
		const { roomId } = await it.does(it.office, createRoom, { code: 'R1', name: 'Ruang 1', seats: 20 });
		await it.does(it.office, closeRoom, {
			roomId,
			startsOn: it.today(),
			endsOn: it.today(),
			reason: 'Atap bocor'
		});
		expect(await heard()).toEqual(['officer roomClosed']);
	});

	test('of a room that closes over a class: who answers for the class, and the office only of the rest', async () => {
		const { roomId } = await it.does(it.office, createRoom, { code: 'R2', name: 'Ruang 2', seats: 20 });
		const own = it.as('trainer', ['classes.read', 'classes.manage'], '');
		const classes = [it.office, own];
		for (const [index, actor] of classes.entries()) {
			const { classId } = await it.does(actor, createClass, {
				name: 'Kelas di ruang',
				mode: 'class',
				seats: 5,
				startsOn: it.today(),
				endsOn: it.today(),
				programId: it.need.programId
			});
			const hours = { from: `${10 + index}:00`, to: `${11 + index}:00` };
			await it.does(actor, addSession, { ...it.session(classId, hours), roomId });
		}
		await heard();
		await it.does(it.office, closeRoom, {
			roomId,
			startsOn: it.today(),
			endsOn: it.today(),
			reason: 'Banjir'
		});
		expect(await heard()).toEqual(['officer ownRoomClosed', 'trainer ownRoomClosed']);
	});

	test('of a class that is handed over: who answered for it and who does, and not whoever did it', async () => {
		const { classId } = await it.aClass({});
		await heard();
		const give = (nip?: string, by = it.office) => it.does(by, handOver, { classId, nip });
		expect(await give(it.nip('trainer'))).toMatchObject({ changed: true });
		expect(await heard()).toEqual(['trainer classGiven']);
		expect(await give(it.nip('trainer'))).toMatchObject({ changed: false });
		expect(await heard()).toEqual([]);
		await give(it.nip('coach'));
		expect(await heard()).toEqual(['coach classGiven', 'trainer classTaken']);
		await give();
		expect(await heard()).toEqual(['coach classTaken']);
		await expect(give('198503122010019999')).rejects.toMatchObject({
			issues: [{ path: 'nip', code: 'classes.handOver.unknownNip' }]
		});
		await expect(
			give(it.nip('coach'), it.as('coach', ['classes.teach', 'classes.read']))
		).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});

	test('of a mark that is asked for: who teaches; of the answer and the outcome: who asked', async () => {
		const { classId, sessionId } = await it.aClass({ facilitator: 'trainer' });
		await it.enrolled(classId, 'ani', 'budi');
		await it.does(it.office, startClass, { classId });
		const after = it.at('11:00');
		const marks = [
			{ personId: it.who('ani'), status: 'absent' },
			{ personId: it.who('budi'), status: 'present' }
		];
		await it.does(it.trainer, markAttendance, { sessionId, marks }, { now: after });
		await it.does(it.office, finishClass, { classId }, { now: after });
		expect((await heard()).filter((told) => told.includes('class'))).toEqual([
			'ani classFailed',
			'budi classPassed'
		]);
		const { requestId } = await it.does(
			it.as('ani'),
			askMark,
			{ sessionId, wanted: 'present', reason: 'Saya hadir, lupa tanda tangan' },
			{ now: after }
		);
		expect(await heard()).toEqual(['trainer markAsked']);
		await it.does(
			it.trainer,
			decideMark,
			{ requestId, decision: 'accept', answer: 'Benar hadir' },
			{ now: after }
		);
		expect(await heard()).toEqual(['ani classPassed', 'ani markAccepted']);
	});
});

describe('a notice', () => {
	test('is one however often its event is heard, and many events need one command', async () => {
		const { classId } = await it.aClass();
		await it.owner.query('update platform.event set delivered_at = now() where delivered_at is null');
		await it.enrolled(classId, 'ani', 'budi', 'citra');
		await deliverEvents(worker, it.db);
		await it.owner.query(
			`update platform.event set delivered_at = null where name = 'classes.enrolled' and payload->>'classId' = $1`,
			[classId]
		);
		await deliverEvents(worker, it.db);
		const told = await it.owner.query<{ n: number }>('select count(*)::int as n from notices.notice');
		expect(told.rows[0]?.n).toBe(3);
		const runs = await it.owner.query<{ subject: { notices: number } }>(
			`select subject from platform.audit where command = 'notices.tell' order by at desc, id desc limit 2`
		);
		expect(runs.rows.map(({ subject }) => subject.notices).sort()).toEqual([0, 3]);
	});

	test('of a broken event holds up no other, and the broken one says what was wrong', async () => {
		const { classId } = await it.aClass();
		await it.owner.query('update platform.event set delivered_at = now() where delivered_at is null');
		await it.enrolled(classId, 'ani', 'budi');
		await it.owner.query(
			`insert into platform.event (agency_id, id, name, payload, at) values ($1, $2, 'classes.enrolled', '{"classId":"bukan-id"}', now())`,
			[it.agencyId, newId()]
		);
		await deliverEvents(worker, it.db);
		const told = await it.owner.query<{ n: number }>('select count(*)::int as n from notices.notice');
		expect(told.rows[0]?.n).toBe(2);
		const left = await it.owner.query(
			'select attempts, error from platform.event where delivered_at is null'
		);
		expect(left.rows).toMatchObject([{ attempts: 1, error: expect.stringContaining('uuid') }]);
		await it.owner.query('delete from platform.event where delivered_at is null');
	});

	test('is one’s own: nobody else sees it, opens it or reads it away', async () => {
		const { classId } = await it.aClass();
		await it.enrolled(classId, 'ani');
		while ((await deliverEvents(worker, it.db)) > 0);
		const { notices, unread } = await rowsOf('ani');
		expect([notices.map(({ kind }) => kind), unread]).toEqual([['enrolled'], 1]);
		for (const name of ['budi', 'kasi', 'camat', 'officer']) expect((await rowsOf(name)).notices).toEqual([]);
		const noticeId = notices[0]?.id;
		await expect(it.does(it.office, openNotice, { noticeId })).rejects.toMatchObject({ kind: 'missing' });
		await it.does(it.as('budi'), readAll, {});
		expect((await rowsOf('ani')).unread).toBe(1);
		expect(await it.does(it.as('ani'), openNotice, { noticeId })).toEqual({ href: `/classes/${classId}` });
		expect((await rowsOf('ani')).unread).toBe(0);
	});

	test('of any kind is said in both languages, with no fact left open', () => {
		const facts = Object.fromEntries(
			'class from to until name topic was at place room count competency unit number campaign plan year days what note'
				.split(' ')
				.map((name) => [name, 'X'])
		);
		for (const language of ['id', 'en'])
			for (const kind of Object.keys(KINDS)) {
				const known = kindOf(kind);
				if (known === null) throw new Error(kind);
				const { title, text } = inLanguage(language, () =>
					noticeWords(known, { ...facts, what: ['time', 'place'] })
				);
				expect(`${title} ${text}`).not.toMatch(/undefined|notices\.|\{/);
			}
	});
});
