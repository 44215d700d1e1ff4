import { expect, test } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { attendedPercent, finishable, markable, outcomeOf } from './attendance.ts';
import type { AttendanceStatus } from './model.ts';

const codeOf = (act: () => unknown): string => {
	try {
		act();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};

const days = [
	{ sessionId: 'a', minutes: 180 },
	{ sessionId: 'b', minutes: 180 },
	{ sessionId: 'c', minutes: 60 }
];
const marks = (...list: (AttendanceStatus | null)[]) =>
	new Map(
		list.flatMap((mark, index): [string, AttendanceStatus][] =>
			mark ? [[days[index]?.sessionId ?? '', mark]] : []
		)
	);

test.each([
	['all there', marks('present', 'present', 'present'), 100],
	['late is there', marks('late', 'late', 'late'), 100],
	['an hour missed weighs less than half a day', marks('present', 'present', 'absent'), 85],
	['half a day missed', marks('present', 'absent', 'present'), 57],
	['excused was not there', marks('present', 'excused', 'present'), 57],
	['no mark was not there', marks('present', null, 'present'), 57],
	['nobody', marks(), 0]
])('attendance: %s', (_words, given, percent) => {
	expect(attendedPercent(days, given)).toBe(percent);
});

test('a class without sessions has no attendance', () => {
	expect(attendedPercent([], marks())).toBeNull();
});

test('who reaches the threshold passes', () => {
	expect(outcomeOf(85, 85)).toBe('passed');
	expect(outcomeOf(84, 85)).toBe('failed');
	expect(outcomeOf(0, 0)).toBe('passed');
});

test('a sheet opens when its session begins', () => {
	const session = { startsAt: new Date('2026-03-09T01:00:00Z'), cancelled: false, topic: 'Antrean' };
	expect(codeOf(() => markable(session, new Date('2026-03-09T01:00:00Z')))).toBe('done');
	expect(codeOf(() => markable(session, new Date('2026-03-09T00:59:59Z')))).toBe(
		'classes.attendance.tooEarly'
	);
	expect(codeOf(() => markable({ ...session, cancelled: true }, new Date('2026-03-09T02:00:00Z')))).toBe(
		'classes.attendance.cancelled'
	);
});

test('a class ends after its last session and with every sheet filled', () => {
	const now = new Date('2026-03-11T10:00:00Z');
	const sheet = { topic: 'Antrean', endsAt: new Date('2026-03-11T09:00:00Z'), minutes: 90, marks: 3 };
	expect(codeOf(() => finishable([sheet], 3, now))).toBe('done');
	expect(codeOf(() => finishable([], 3, now))).toBe('classes.finish.noSessions');
	expect(codeOf(() => finishable([{ ...sheet, endsAt: new Date('2026-03-11T11:00:00Z') }], 3, now))).toBe(
		'classes.finish.sessionAhead'
	);
	expect(codeOf(() => finishable([sheet, { ...sheet, marks: 0 }], 3, now))).toBe(
		'classes.finish.sheetMissing'
	);
	expect(codeOf(() => finishable([{ ...sheet, marks: 0 }], 0, now))).toBe('done');
});
