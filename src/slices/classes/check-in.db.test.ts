import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { classroom } from '../../../tests/make/classroom.ts';
import { shownAt, stepAt } from './check-in.ts';
import type { ScanInput } from './input.ts';
import { pictureOf, codeAt } from './server/codes.ts';
import { checkIn } from './server/commands/check-in.ts';
import { cancelSession } from './server/commands/write-session.ts';
import { finishClass, markAttendance } from './server/commands/mark-attendance.ts';
import { closeSheet, openSheet } from './server/commands/sheet.ts';

let it: Awaited<ReturnType<typeof classroom>>;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const PHONE = (name: string) => name.padEnd(43, '0');

/** A class with its sheet open, taught by the trainer. */
async function opened(names: readonly string[], checkOut = false) {
	const made = await it.aClass({ facilitator: 'trainer' });
	if (names.length > 0) await it.enrolled(made.classId, ...names);
	await it.does(
		it.trainer,
		openSheet,
		{ sessionId: made.sessionId, lateMinutes: 15, checkOut },
		{ now: it.at('07:00') }
	);
	return made;
}

async function picture(sessionId: string, clock: Date, kind: 'in' | 'out' = 'in'): Promise<string> {
	const { rows } = await it.owner.query<{ secret: string }>(
		'select secret from classes.sheet where session_id = $1',
		[sessionId]
	);
	return pictureOf(rows[0]?.secret ?? '', sessionId, kind, stepAt(clock));
}

/** What one scan of somebody is answered. */
async function scans(
	name: string,
	scan: ScanInput extends readonly (infer One)[] | undefined ? One : never,
	now: Date,
	device = name,
	clock = now
) {
	const { answers } = await it.does(
		it.as(name),
		checkIn,
		{ device: PHONE(device), clock: clock.getTime(), scans: [scan] },
		{ now }
	);
	const [answer] = answers;
	if (answer === undefined) throw new Error('no answer');
	return answer;
}

const greets = (name: string, now: Date, clock = now, device = name) =>
	it.does(it.as(name), checkIn, { device: PHONE(device), clock: clock.getTime(), scans: [] }, { now });

async function marks(sessionId: string) {
	const { rows } = await it.owner.query<{ name: string; status: string; via: string; later: boolean }>(
		`select p.name, a.status, a.via, a.sent_at is not null as later from classes.attendance a
		join people.person p on p.agency_id = a.agency_id and p.id = a.person_id where a.session_id = $1 order by p.name`,
		[sessionId]
	);
	return rows.map((row) => `${row.name} ${row.status} ${row.via}${row.later ? ' later' : ''}`);
}

async function refusals(sessionId: string) {
	const { rows } = await it.owner.query<{ name: string; reason: string; times: number }>(
		`select p.name, f.reason, f.times from classes.refused_scan f
		join people.person p on p.agency_id = f.agency_id and p.id = f.person_id where f.session_id = $1 order by p.name, f.reason`,
		[sessionId]
	);
	return rows.map((row) => `${row.name} ${row.reason} ${row.times}`);
}

describe('checking in by the code on the screen', () => {
	test('marks present, later late, starts the class, and counts once', async () => {
		const { classId, sessionId } = await opened(['ani', 'budi']);
		const now = it.at('07:55');
		expect(await scans('ani', { code: await picture(sessionId, now) }, now)).toMatchObject({
			taken: true,
			code: 'classes.checkIn.in'
		});
		const late = it.at('08:20');
		expect(await scans('budi', { code: await picture(sessionId, late) }, late)).toMatchObject({
			code: 'classes.checkIn.late',
			facts: { minutes: 20 }
		});
		expect(await scans('ani', { code: await picture(sessionId, late) }, late)).toMatchObject({
			taken: false,
			code: 'classes.refusal.already'
		});
		expect(await marks(sessionId)).toEqual(['ani present qr', 'budi late qr']);
		expect(await refusals(sessionId)).toEqual([]);
		const { rows } = await it.owner.query('select status from classes.class where id = $1', [classId]);
		expect(rows).toEqual([{ status: 'running' }]);
	});

	test('a picture passed on is refused after its half minute, and the facilitator sees it', async () => {
		const { sessionId } = await opened(['ani']);
		const shown = shownAt(stepAt(it.at('08:00')));
		const code = await picture(sessionId, shown);
		const answer = await scans('ani', { code }, new Date(shown.getTime() + 90_000));
		expect(answer).toMatchObject({ code: 'classes.refusal.expired', facts: { seconds: 60 } });
		expect(await marks(sessionId)).toEqual([]);
		expect(await refusals(sessionId)).toEqual(['ani expired 1']);
	});

	test('claiming afterwards that it had been kept without signal does not help', async () => {
		const { sessionId } = await opened(['ani']);
		await greets('ani', it.at('07:00'));
		const shown = shownAt(stepAt(it.at('08:00')));
		const code = await picture(sessionId, shown);
		await scans('ani', { code }, new Date(shown.getTime() + 300_000));
		const claim = { code, keptAt: shown.getTime() };
		expect(await scans('ani', claim, it.at('08:10'))).toMatchObject({ code: 'classes.refusal.hadSignal' });
		// Nor from a browser that never was here before.
		expect(await scans('ani', claim, it.at('08:11'), 'baru')).toMatchObject({
			code: 'classes.refusal.strangeDevice'
		});
		expect(await marks(sessionId)).toEqual([]);
	});

	test('one device checks in one person; the second is told, and listed', async () => {
		const { sessionId } = await opened(['ani', 'budi']);
		const now = it.at('08:00');
		const code = await picture(sessionId, now);
		await scans('ani', { code }, now, 'telepon');
		expect(await scans('budi', { code }, now, 'telepon')).toMatchObject({
			code: 'classes.refusal.deviceUsed'
		});
		expect(await marks(sessionId)).toEqual(['ani present qr']);
		expect(await refusals(sessionId)).toEqual(['budi deviceUsed 1']);
	});

	test('somebody without a seat, and the code of another class', async () => {
		const first = await opened(['ani']);
		const now = it.at('08:00');
		const code = await picture(first.sessionId, now);
		expect(await scans('eko', { code }, now)).toMatchObject({ code: 'classes.refusal.notEnrolled' });
		it.nextDay();
		const second = await opened(['citra']);
		const [, rest = ''] = /^.{22}(.+)$/.exec(code) ?? [];
		const forged = (await picture(second.sessionId, now)).slice(0, 22) + rest;
		expect(await scans('citra', { code: forged }, now)).toMatchObject({ code: 'classes.refusal.wrongCode' });
		expect(await scans('citra', { code }, now)).toMatchObject({ code: 'classes.refusal.notEnrolled' });
		expect(await scans('citra', { code: 'https://contoh' }, now)).toMatchObject({
			code: 'classes.refusal.unreadable'
		});
	});

	test('a session of tomorrow, one called off, a closed sheet, a class that is over', async () => {
		const { classId, sessionId } = await opened(['ani', 'budi']);
		const dayBefore = new Date(it.at('08:00').getTime() - 86_400_000);
		expect(await scans('ani', { code: await picture(sessionId, dayBefore) }, dayBefore)).toMatchObject({
			code: 'classes.refusal.tooEarly'
		});
		const now = it.at('08:01');
		await scans('budi', { code: await picture(sessionId, now) }, now);
		await it.does(it.trainer, closeSheet, { sessionId }, { now });
		expect(await scans('ani', { code: await picture(sessionId, now) }, now)).toMatchObject({
			code: 'classes.refusal.sheetClosed'
		});
		await expect(
			it.does(
				it.trainer,
				markAttendance,
				{ sessionId, marks: [{ personId: it.who('ani'), status: 'present' }] },
				{ now }
			)
		).rejects.toMatchObject({ code: 'classes.attendance.sheetClosed' });
		await it.does(it.office, finishClass, { classId }, { now: it.at('11:00') });
		expect(
			await scans('ani', { code: await picture(sessionId, it.at('10:30')) }, it.at('10:30'))
		).toMatchObject({ code: 'classes.refusal.finished' });
		it.nextDay();
		const off = await opened(['ani']);
		await it.does(it.office, cancelSession, { sessionId: off.sessionId });
		const then = it.at('08:00');
		expect(await scans('ani', { code: await picture(off.sessionId, then) }, then)).toMatchObject({
			code: 'classes.refusal.cancelled'
		});
	});

	test('coming and leaving, early leaving counts the minutes that one stayed', async () => {
		const { classId, sessionId } = await opened(['ani', 'budi'], true);
		const [begin, middle, end] = [it.at('08:00'), it.at('09:00'), it.at('09:58')];
		for (const name of ['ani', 'budi']) await scans(name, { code: await picture(sessionId, begin) }, begin);
		expect(await scans('ani', { code: await picture(sessionId, middle, 'out') }, middle)).toMatchObject({
			code: 'classes.checkIn.leftEarly',
			facts: { minutes: 60 }
		});
		expect(await scans('budi', { code: await picture(sessionId, end, 'out') }, end, 'lain')).toMatchObject({
			code: 'classes.refusal.otherDevice'
		});
		expect(await scans('budi', { code: await picture(sessionId, end, 'out') }, end)).toMatchObject({
			code: 'classes.checkIn.out'
		});
		await it.does(it.office, finishClass, { classId }, { now: it.at('11:00') });
		expect(await it.statuses(classId)).toEqual({ ani: 'failed', budi: 'passed' });
	});

	test('the spoken code; after eight wrong ones guessing ends, the picture still works', async () => {
		const { sessionId } = await opened(['ani', 'budi']);
		const now = it.at('08:00');
		const { rows } = await it.owner.query<{ secret: string }>(
			'select secret from classes.sheet where session_id = $1',
			[sessionId]
		);
		const { digits } = codeAt(rows[0]?.secret ?? '', sessionId, 'in', stepAt(now));
		expect(
			await scans('ani', { sessionId, digits: `${digits.slice(0, 3)} ${digits.slice(3)}` }, now)
		).toMatchObject({ taken: true });
		for (let n = 0; n < 8; n++)
			expect(await scans('budi', { sessionId, digits: '000000' }, now)).toMatchObject({
				code: 'classes.refusal.wrongCode'
			});
		expect(await scans('budi', { sessionId, digits }, now)).toMatchObject({
			code: 'classes.refusal.guessed'
		});
		expect(await scans('budi', { code: await picture(sessionId, now) }, now)).toMatchObject({ taken: true });
		expect(await marks(sessionId)).toEqual(['ani present voice', 'budi present qr']);
	});
});

describe('without signal', () => {
	test('a kept scan counts for its own time once it arrives, and says that it came later', async () => {
		const { sessionId } = await opened(['ani']);
		await greets('ani', it.at('06:30'));
		const then = it.at('08:00');
		const scan = { code: await picture(sessionId, then), keptAt: then.getTime() };
		expect(await scans('ani', scan, it.at('15:00'))).toMatchObject({
			taken: true,
			code: 'classes.checkIn.in'
		});
		expect(await marks(sessionId)).toEqual(['ani present qr later']);
	});

	test('a clock wrong by a day is measured at the last contact, refused and shown', async () => {
		const { sessionId } = await opened(['ani', 'budi']);
		const ahead = (clock: Date) => new Date(clock.getTime() + 86_400_000);
		await greets('ani', it.at('06:30'), ahead(it.at('06:30')));
		const then = it.at('08:00');
		const scan = { code: await picture(sessionId, then), keptAt: ahead(then).getTime() };
		expect(await scans('ani', scan, it.at('15:00'), 'ani', ahead(it.at('15:00')))).toMatchObject({
			code: 'classes.refusal.clockWrong',
			facts: { hours: 24 }
		});
		// A clock that was right and jumped since does not agree with the code.
		await greets('budi', it.at('06:30'));
		expect(await scans('budi', scan, it.at('15:00'))).toMatchObject({ code: 'classes.refusal.fromFuture' });
		expect(await refusals(sessionId)).toEqual(['ani clockWrong 1', 'budi fromFuture 1']);
		expect(await marks(sessionId)).toEqual([]);
	});
});

test('in the field, outside is refused with the distance; the position is kept nowhere', async () => {
	const { sessionId } = await opened(['ani', 'budi']);
	await it.owner.query(
		'update classes.session set latitude = 3.6936, longitude = 98.6505, radius_m = 150 where id = $1',
		[sessionId]
	);
	const now = it.at('08:00');
	const code = await picture(sessionId, now);
	const position = { latitude: 3.7116, longitude: 98.6505, accuracy: 20 };
	expect(await scans('ani', { code, position }, now)).toMatchObject({
		code: 'classes.refusal.outside',
		facts: { metres: 2002 }
	});
	expect(await scans('ani', { code }, now)).toMatchObject({ code: 'classes.refusal.noPosition' });
	await scans('budi', { code, position: { ...position, latitude: 3.6936 } }, now);
	const { rows } = await it.owner.query(
		`select a.accuracy from classes.attendance a where a.session_id = $1
		union all select f.facts::text from classes.refused_scan f where f.session_id = $1 and f.reason = 'outside'`,
		[sessionId]
	);
	expect(rows[0]).toEqual({ accuracy: 'good' });
	expect(JSON.stringify(rows)).not.toMatch(/3\.7|98\.6/);
});
