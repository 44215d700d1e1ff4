import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setAttendance } from '#slices/programs/server/commands/set-attendance.ts';
import { classroom } from '../../../tests/make/classroom.ts';
import { askMark, decideMark, withdrawMark } from './server/commands/ask-mark.ts';
import { finishClass, markAttendance } from './server/commands/mark-attendance.ts';
import { addSheetPage, closeSheet, openSheet, removeSheetPage } from './server/commands/sheet.ts';
import { attendanceSheet } from './server/queries/attendance-sheet.ts';
import { codeCounts, codeScreen } from './server/queries/code-screen.ts';
import { mySession, mySessions } from './server/queries/my-attendance.ts';
import { aroundSheet, sheetFile } from './server/queries/sheet-around.ts';

let it: Awaited<ReturnType<typeof classroom>>;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const PDF = { name: 'surat.pdf', bytes: new TextEncoder().encode('%PDF-1.7 surat tugas') };

const marked = (sessionId: string, marks: Record<string, string>, clock = '08:10') =>
	it.does(
		it.trainer,
		markAttendance,
		{ sessionId, marks: Object.entries(marks).map(([name, status]) => ({ personId: it.who(name), status })) },
		{ now: it.at(clock) }
	);

/** A class of the trainer with these people. */
async function taught(...names: string[]) {
	const made = await it.aClass({ facilitator: 'trainer' });
	await it.enrolled(made.classId, ...names);
	return made;
}

const ask = (name: string, sessionId: string, more: object = {}, clock = '12:00') =>
	it.does(
		it.as(name),
		askMark,
		{ sessionId, wanted: 'present', reason: 'Saya duduk di baris kedua', ...more },
		{ now: it.at(clock) }
	);

async function mark(sessionId: string, name: string) {
	const { rows } = await it.owner.query<{ status: string; via: string }>(
		'select status, via from classes.attendance where session_id = $1 and person_id = $2',
		[sessionId, it.who(name)]
	);
	return rows[0] === undefined ? null : `${rows[0].status} ${rows[0].via}`;
}

describe('a request about a mark', () => {
	test('after the end: accepted by the office it changes mark and outcome, and says who, when, why, old and new', async () => {
		const { classId, sessionId } = await taught('ani', 'budi');
		await marked(sessionId, { ani: 'absent', budi: 'present' });
		await it.does(it.office, finishClass, { classId }, { now: it.at('11:00') });
		expect(await it.statuses(classId)).toEqual({ ani: 'failed', budi: 'passed' });
		const { requestId } = await ask('ani', sessionId);
		await expect(ask('ani', sessionId)).rejects.toMatchObject({ code: 'classes.ask.open' });
		await expect(it.does(it.as('ani'), decideMark, { requestId, decision: 'accept' })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		expect(
			await it.does(it.office, decideMark, { requestId, decision: 'accept', answer: 'Ada di foto kelas' })
		).toEqual({ classId, outcome: 'passed' });
		expect(await it.statuses(classId)).toEqual({ ani: 'passed', budi: 'passed' });
		expect(await mark(sessionId, 'ani')).toBe('present request');
		const page = await it.sees((db) => mySession(db, it.as('ani'), sessionId, it.at('13:00')));
		expect(page.requests).toMatchObject([
			{
				status: 'accepted',
				asker: 'ani',
				decider: 'officer',
				old_mark: 'absent',
				wanted: 'present',
				reason: 'Saya duduk di baris kedua',
				answer: 'Ada di foto kelas',
				old_outcome: 'failed',
				new_outcome: 'passed'
			}
		]);
		expect(await it.told('classes.outcomeChanged', classId)).toBe(1);
		await expect(
			it.does(it.office, decideMark, { requestId, decision: 'decline', answer: 'Tidak' })
		).rejects.toMatchObject({ code: 'classes.ask.answered', params: { who: 'officer' } });
	});

	test('a correction may also take a pass away, and one that changes nothing of the outcome tells nobody', async () => {
		const { classId, sessionId } = await taught('ani', 'budi');
		await marked(sessionId, { ani: 'present', budi: 'present' });
		await it.does(it.office, finishClass, { classId }, { now: it.at('11:00') });
		const { requestId } = await it.does(
			it.trainer,
			askMark,
			{ sessionId, personId: it.who('ani'), wanted: 'absent', reason: 'Tertukar dengan nama lain' },
			{ now: it.at('12:00') }
		);
		// What a facilitator asks is decided by somebody else.
		await expect(it.does(it.trainer, decideMark, { requestId, decision: 'accept' })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await it.does(it.office, decideMark, { requestId, decision: 'accept' });
		const late = await ask('budi', sessionId, { wanted: 'late' });
		expect(
			await it.does(it.office, decideMark, { requestId: late.requestId, decision: 'accept' })
		).toMatchObject({ outcome: 'passed' });
		expect(await it.statuses(classId)).toEqual({ ani: 'failed', budi: 'passed' });
		expect(await it.told('classes.outcomeChanged', classId)).toBe(1);
	});

	test('a declined one says why; one may take one’s own back', async () => {
		const { sessionId } = await taught('ani', 'budi');
		await marked(sessionId, { ani: 'absent' });
		const first = await ask('ani', sessionId);
		await expect(
			it.does(it.trainer, decideMark, { requestId: first.requestId, decision: 'decline' })
		).rejects.toMatchObject({ issues: [{ path: 'answer' }] });
		await it.does(it.trainer, decideMark, {
			requestId: first.requestId,
			decision: 'decline',
			answer: 'Tidak terlihat'
		});
		expect(await mark(sessionId, 'ani')).toBe('absent hand');
		const second = await ask('ani', sessionId);
		await expect(it.does(it.as('budi'), withdrawMark, { requestId: second.requestId })).rejects.toMatchObject(
			{ kind: 'forbidden' }
		);
		await it.does(it.as('ani'), withdrawMark, { requestId: second.requestId });
		await expect(
			it.does(it.trainer, decideMark, { requestId: second.requestId, decision: 'accept' })
		).rejects.toMatchObject({ code: 'classes.ask.withdrawn' });
	});

	test('to be excused needs a proof, also beforehand; only the two sides can open it', async () => {
		const { sessionId } = await taught('ani', 'budi');
		const excused = { wanted: 'excused', reason: 'Tugas dari kepala dinas' };
		await expect(ask('ani', sessionId, excused, '06:00')).rejects.toMatchObject({
			issues: [{ path: 'evidence', code: 'classes.ask.noEvidence' }]
		});
		await expect(
			ask('ani', sessionId, { ...excused, evidence: { ...PDF, bytes: new Uint8Array([1, 2]) } }, '06:00')
		).rejects.toMatchObject({ issues: [{ code: 'classes.paper.kind' }] });
		const { requestId } = await ask('ani', sessionId, { ...excused, evidence: PDF }, '06:00');
		const { rows } = await it.owner.query<{ id: string }>(
			'select evidence_id as id from classes.attendance_request where id = $1',
			[requestId]
		);
		const fileId = rows[0]?.id ?? '';
		for (const actor of [it.as('ani'), it.trainer, it.office])
			expect(await it.sees((db) => sheetFile(db, actor, sessionId, fileId))).toMatchObject({
				mime: 'application/pdf'
			});
		for (const name of ['budi', 'kasi'])
			await expect(
				it.sees((db) => sheetFile(db, it.as(name, ['classes.read']), sessionId, fileId))
			).rejects.toMatchObject({ kind: 'missing' });
		await it.does(it.trainer, decideMark, { requestId, decision: 'accept' }, { now: it.at('07:00') });
		expect(await mark(sessionId, 'ani')).toBe('excused request');
	});

	test.each([
		['another mark before the session', 'ani', {}, '07:00', 'classes.attendance.tooEarly'],
		['the mark it has', 'ani', { wanted: 'absent' }, '12:00', 'classes.ask.sameMark'],
		['without a seat', 'eko', {}, '12:00', 'classes.ask.notEnrolled']
	])('%s is refused', async (_words, name, more, clock, code) => {
		const { sessionId } = await taught('ani');
		await marked(sessionId, { ani: 'absent' });
		await expect(ask(name, sessionId, more, clock)).rejects.toMatchObject({ code });
	});

	test('thirty days later only the office may still ask', async () => {
		const { sessionId } = await taught('ani');
		await marked(sessionId, { ani: 'absent' });
		const now = new Date(it.at('10:00').getTime() + 31 * 86_400_000);
		const input = {
			sessionId,
			personId: it.who('ani'),
			wanted: 'present',
			reason: 'Daftar kertas ditemukan'
		};
		await expect(it.does(it.as('ani'), askMark, input, { now })).rejects.toMatchObject({
			code: 'classes.ask.tooLate'
		});
		await it.does(it.office, askMark, input, { now });
	});
});

describe('the sheet', () => {
	test('pages of the signed list are attached by who fills it, and stay once it is closed', async () => {
		const { sessionId } = await taught('ani');
		const page = { sessionId, page: PDF, note: 'Halaman 1' };
		await expect(it.does(it.as('ani'), addSheetPage, page)).rejects.toMatchObject({ kind: 'forbidden' });
		const { pageId } = await it.does(it.trainer, addSheetPage, page);
		const second = await it.does(it.trainer, addSheetPage, page);
		await it.does(it.trainer, removeSheetPage, { sessionId, pageId: second.pageId });
		await marked(sessionId, { ani: 'present' });
		await expect(
			it.does(it.trainer, closeSheet, { sessionId }, { now: it.at('07:00') })
		).rejects.toMatchObject({ code: 'classes.attendance.tooEarly' });
		await it.does(it.trainer, closeSheet, { sessionId }, { now: it.at('10:00') });
		await expect(it.does(it.trainer, removeSheetPage, { sessionId, pageId })).rejects.toMatchObject({
			code: 'classes.attendance.sheetClosed'
		});
		await expect(it.does(it.trainer, openSheet, { sessionId })).rejects.toMatchObject({
			code: 'classes.attendance.sheetClosed'
		});
		const around = await it.sees((db) =>
			aroundSheet(db, it.trainer, { id: sessionId, leads: true, teaching: true })
		);
		expect(around).toMatchObject({
			sheet: { closed_by: 'trainer' },
			pages: [{ note: 'Halaman 1', added_by: 'trainer' }]
		});
	});

	test('the code screen is given codes and never the key, and is nobody else’s', async () => {
		const { classId, sessionId } = await taught('ani');
		await it.does(it.trainer, openSheet, { sessionId, checkOut: true }, { now: it.at('06:00') });
		const screen = await it.sees((db) => codeScreen(db, it.trainer, sessionId, it.at('07:00')));
		// From an hour before to an hour after a session of two hours: 480 half minutes, and the one of now.
		expect(screen.codes.map(({ kind, text }) => [kind, text.length])).toEqual([
			['in', 481 * 16],
			['out', 481 * 16]
		]);
		const { rows } = await it.owner.query<{ secret: string }>(
			'select secret from classes.sheet where session_id = $1',
			[sessionId]
		);
		expect(JSON.stringify(screen)).not.toContain(rows[0]?.secret);
		for (const actor of [it.as('ani'), it.as('coach', ['classes.teach']), it.kasi])
			for (const query of [codeScreen, codeCounts])
				await expect(it.sees((db) => query(db, actor, sessionId, it.at('07:00')))).rejects.toMatchObject({
					kind: 'missing'
				});
		const own = await it.sees((db) => mySessions(db, it.as('ani'), it.at('07:00')));
		expect(own.filter(({ id }) => id === sessionId)).toMatchObject([{ by_code: true, check_out: true }]);
		expect(JSON.stringify(own)).not.toContain(rows[0]?.secret);
		await marked(sessionId, { ani: 'present' });
		await it.does(it.trainer, closeSheet, { sessionId }, { now: it.at('09:00') });
		expect((await it.sees((db) => codeScreen(db, it.trainer, sessionId, it.at('09:00')))).codes).toEqual([]);
		const sheet = await it.sees((db) => attendanceSheet(db, it.trainer, classId, sessionId, it.at('09:00')));
		expect(sheet.can).toMatchObject({ mark: false, byCode: false, ask: true });
	});
});

test('a new class asks for the attendance of its program, unless it says otherwise', async () => {
	await it.does(it.as('officer', ['programs.edit'], ''), setAttendance, {
		programId: it.need.programId,
		percent: 90
	});
	const [usual, own] = [
		await it.aClass(),
		await it.aClass({ attendancePercent: 70, from: '13:00', to: '14:00' })
	];
	const { rows } = await it.owner.query<{ id: string; attendance_percent: number }>(
		'select id, attendance_percent from classes.class where id = any($1)',
		[[usual.classId, own.classId]]
	);
	expect(new Map(rows.map((row) => [row.id, row.attendance_percent]))).toEqual(
		new Map([
			[usual.classId, 90],
			[own.classId, 70]
		])
	);
});
