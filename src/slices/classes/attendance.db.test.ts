import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { classroom } from '../../../tests/make/classroom.ts';
import { finishClass, markAttendance } from './server/commands/mark-attendance.ts';
import { cancelClass } from './server/commands/write-class.ts';
import { addSession } from './server/commands/write-session.ts';
import { classById } from './server/queries/classes.ts';
import { attendanceSheet } from './server/queries/attendance-sheet.ts';

let it: Awaited<ReturnType<typeof classroom>>;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

describe('attendance and the end', () => {
	const sheet = (sessionId: string, marks: Record<string, string>) => ({
		sessionId,
		marks: Object.entries(marks).map(([name, status]) => ({ personId: it.who(name), status }))
	});

	test('the facilitator fills the sheet from the first minute it.today(); it starts the class', async () => {
		const { classId, sessionId } = await it.aClass({ facilitator: 'trainer' });
		await it.enrolled(classId, 'ani', 'budi');
		const marks = sheet(sessionId, { ani: 'present', budi: 'late' });
		await expect(it.does(it.trainer, markAttendance, marks, { now: it.at('07:59') })).rejects.toMatchObject({
			code: 'classes.attendance.tooEarly'
		});
		expect(await it.does(it.trainer, markAttendance, marks, { now: it.at('08:00') })).toEqual({
			classId,
			changed: 2
		});
		expect(await it.does(it.trainer, markAttendance, marks, { now: it.at('08:01') })).toEqual({
			classId,
			changed: 0
		});
		const page = await it.sees((db) => classById(db, it.office, classId));
		expect(page.class).toMatchObject({ status: 'running', sessions: 1, sessions_held: 1, enrolled: 2 });
		const filled = await it.sees((db) => attendanceSheet(db, it.trainer, classId, sessionId, it.at('08:05')));
		expect(filled.people.map((one) => [one.name, one.mark])).toEqual([
			['ani', 'present'],
			['budi', 'late']
		]);
	});

	test('somebody who is not enrolled is refused by name, and nothing of the sheet is kept', async () => {
		const { classId, sessionId } = await it.aClass({ facilitator: 'trainer' });
		await it.enrolled(classId, 'ani');
		await expect(
			it.does(it.trainer, markAttendance, sheet(sessionId, { ani: 'present', eko: 'present' }), {
				now: it.at('08:00')
			})
		).rejects.toMatchObject({ code: 'classes.attendance.notEnrolled', params: { name: 'eko' } });
		expect(
			(await it.owner.query('select 1 from classes.attendance where session_id = $1', [sessionId])).rows
		).toEqual([]);
	});

	test('the sheet of others is nobody’s business', async () => {
		const { classId, sessionId } = await it.aClass({ facilitator: 'trainer' });
		await it.enrolled(classId, 'ani');
		const coach = it.as('coach', ['classes.teach']);
		await expect(
			it.does(coach, markAttendance, sheet(sessionId, { ani: 'present' }), { now: it.at('08:00') })
		).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(
			it.sees((db) => attendanceSheet(db, coach, classId, sessionId, it.at('08:00')))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('the class ends with passed and failed by its threshold, and tells the other rooms once', async () => {
		const { classId, sessionId } = await it.aClass({
			seats: 3,
			from: '08:00',
			to: '10:00',
			attendancePercent: 80
		});
		const second = await it.does(it.office, addSession, it.session(classId, { from: '10:00', to: '10:30' }));
		await it.enrolled(classId, 'ani', 'budi', 'citra', 'dewi');
		await it.does(
			it.office,
			markAttendance,
			sheet(sessionId, { ani: 'present', budi: 'present', citra: 'excused' }),
			{ now: it.at('08:10') }
		);
		await expect(it.does(it.office, finishClass, { classId }, { now: it.at('10:10') })).rejects.toMatchObject(
			{
				code: 'classes.finish.sessionAhead'
			}
		);
		await expect(it.does(it.office, finishClass, { classId }, { now: it.at('11:00') })).rejects.toMatchObject(
			{
				code: 'classes.finish.sheetMissing'
			}
		);
		await it.does(
			it.office,
			markAttendance,
			sheet(second.sessionId, { ani: 'present', budi: 'absent', citra: 'present' }),
			{ now: it.at('10:10') }
		);
		expect(await it.does(it.office, finishClass, { classId }, { now: it.at('11:00') })).toEqual({
			classId,
			passed: 2,
			failed: 1
		});
		expect(await it.statuses(classId)).toEqual({
			ani: 'passed',
			budi: 'passed',
			citra: 'failed',
			dewi: 'rejected'
		});
		expect(await it.told('classes.closed', classId)).toBe(1);
		await expect(
			it.does(it.office, markAttendance, sheet(sessionId, { citra: 'present' }), { now: it.at('12:00') })
		).rejects.toMatchObject({ code: 'classes.class.alreadyFinished' });
	});

	test('a class that is called off frees its people and its facilitator', async () => {
		const one = await it.aClass({ facilitator: 'trainer' });
		await it.enrolled(one.classId, 'ani');
		await it.does(it.office, cancelClass, { classId: one.classId, note: 'Banjir' });
		expect(await it.statuses(one.classId)).toEqual({ ani: 'rejected' });
		const two = await it.aClass({ facilitator: 'trainer' });
		expect(await it.enrolled(two.classId, 'ani')).toMatchObject({ enrolled: 1 });
	});
});
