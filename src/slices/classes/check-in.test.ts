import { describe, expect, test } from 'vitest';
import { freshness, judge, shownAt, stepAt, STEP_S, type Scan, type Standing } from './check-in.ts';
import { insideFence, metresBetween } from './fence.ts';
import { codeAt, genuine, pictureOf, readPicture, spoken } from './server/codes.ts';

const START = new Date('2027-01-04T01:00:00Z');
const at = (minutes: number, seconds = 0) => new Date(START.getTime() + minutes * 60_000 + seconds * 1000);
const HALL = { latitude: 3.6936, longitude: 98.6505, radiusM: 150 };

const standing = (more: Partial<Standing> = {}): Standing => ({
	startsAt: START,
	endsAt: at(120),
	cancelled: false,
	classStatus: 'running',
	lateMinutes: 15,
	closed: false,
	fence: null,
	enrolled: true,
	mark: null,
	deviceTaken: false,
	guesses: 0,
	contact: { at: at(-600), skewS: 0 },
	...more
});

const scan = (shown: Date, more: Partial<Scan> = {}): Scan => ({
	via: 'qr',
	code: { kind: 'in', step: stepAt(shown) },
	device: 'telepon',
	position: null,
	keptAt: null,
	...more
});

const reasonOf = (given: Scan, it: Standing, now: Date): string => {
	const verdict = judge(given, it, now);
	return verdict.taken ? `taken ${verdict.status}` : verdict.reason;
};

describe('a scan that is sent at once', () => {
	test.each([
		['before the beginning', -5, 'taken present'],
		['within the quarter of an hour', 15, 'taken present'],
		['after it', 16, 'taken late'],
		['a session of tomorrow', -24 * 60, 'tooEarly'],
		['an hour and more before', -61, 'tooEarly'],
		['long after the end', 181, 'tooLate']
	])('%s', (_words, minutes, expected) => {
		expect(reasonOf(scan(at(minutes)), standing(), at(minutes))).toBe(expected);
	});

	test('a picture that was passed on is refused once its half minute and ten seconds are over', () => {
		const shown = shownAt(stepAt(at(1)));
		const later = (seconds: number) => new Date(shown.getTime() + seconds * 1000);
		expect(reasonOf(scan(shown), standing(), later(STEP_S + 9))).toBe('taken present');
		expect(reasonOf(scan(shown), standing(), later(STEP_S + 11))).toBe('expired');
		expect(judge(scan(shown), standing(), later(STEP_S + 240))).toMatchObject({ facts: { seconds: 240 } });
		expect(reasonOf(scan(shown), standing(), later(-11))).toBe('notYetShown');
	});

	test.each([
		['somebody without a seat', standing({ enrolled: false }), 'notEnrolled'],
		['called off', standing({ cancelled: true }), 'cancelled'],
		['a class that is over', standing({ classStatus: 'finished' }), 'finished'],
		['a class nobody opened', standing({ classStatus: 'planned' }), 'notOpen'],
		['a closed sheet', standing({ closed: true }), 'sheetClosed'],
		['a second person on one device', standing({ deviceTaken: true }), 'deviceUsed']
	])('%s is refused', (_words, it, expected) => {
		expect(reasonOf(scan(at(1)), it, at(1))).toBe(expected);
	});

	test('twice counts once, and what a facilitator wrote stands', () => {
		const mark = { status: 'present', byHand: false, inAt: at(0), outAt: null, device: 'telepon' } as const;
		expect(reasonOf(scan(at(1)), standing({ mark }), at(1))).toBe('already');
		expect(
			reasonOf(
				scan(at(1)),
				standing({ mark: { ...mark, status: 'excused', byHand: true, inAt: null } }),
				at(1)
			)
		).toBe('markedByHand');
	});

	test('leaving needs having come, with the same device, once; leaving early is counted in minutes', () => {
		const out = (minutes: number, device = 'telepon') =>
			scan(at(minutes), { code: { kind: 'out', step: stepAt(at(minutes)) }, device });
		const mark = { status: 'late', byHand: false, inAt: at(20), outAt: null, device: 'telepon' } as const;
		expect(reasonOf(out(119), standing(), at(119))).toBe('notIn');
		expect(reasonOf(out(119, 'lain'), standing({ mark }), at(119))).toBe('otherDevice');
		expect(judge(out(119), standing({ mark }), at(119))).toMatchObject({
			status: 'late',
			leftEarlyMinutes: 0
		});
		expect(judge(out(60), standing({ mark }), at(60))).toMatchObject({ taken: true, leftEarlyMinutes: 60 });
		expect(reasonOf(out(119), standing({ mark: { ...mark, outAt: at(118) } }), at(119))).toBe('alreadyOut');
	});

	test('a code of nobody, and guessing at the spoken one', () => {
		expect(reasonOf(scan(at(1), { code: null }), standing(), at(1))).toBe('wrongCode');
		expect(reasonOf(scan(at(1), { via: 'voice' }), standing({ guesses: 8 }), at(1))).toBe('guessed');
		expect(reasonOf(scan(at(1)), standing({ guesses: 8 }), at(1))).toBe('taken present');
	});
});

describe('a scan that was kept without signal', () => {
	const kept = (when: Date, clock = when) => scan(when, { keptAt: clock });
	test('counts for when it was made, however late it comes within three days', () => {
		const verdict = judge(kept(at(2)), standing(), at(5 * 60));
		expect(verdict).toMatchObject({ taken: true, status: 'present' });
		expect(Math.abs(verdict.at.getTime() - at(2).getTime())).toBeLessThanOrEqual(30_000);
		expect(reasonOf(kept(at(2)), standing(), at(72 * 60 + 10))).toBe('tooOld');
	});
	test.each([
		['a code that was not shown at that time', kept(at(2), at(20)), standing(), 'timeMismatch'],
		['a time still to come', kept(at(2), at(600)), standing(), 'fromFuture'],
		['after the class was finished', kept(at(2)), standing({ classStatus: 'finished' }), 'finished'],
		['a device never heard of', kept(at(2)), standing({ contact: null }), 'strangeDevice'],
		[
			'a device that had signal since',
			kept(at(2)),
			standing({ contact: { at: at(10), skewS: 0 } }),
			'hadSignal'
		],
		[
			'a clock wrong by a day at the last contact',
			kept(at(2), at(2 + 24 * 60)),
			standing({ contact: { at: at(-60), skewS: 86_400 } }),
			'clockWrong'
		],
		['a clock put back by a day since', kept(at(2), at(2 - 24 * 60)), standing(), 'timeMismatch']
	])('%s is refused', (_words, given, it, expected) => {
		expect(reasonOf(given, it, at(300))).toBe(expected);
	});
	test('a clock that is minutes off is put right by what the server measured', () => {
		const it = standing({ contact: { at: at(-60), skewS: 240 } });
		expect(reasonOf(kept(at(2), at(6)), it, at(300))).toBe('taken present');
		expect(reasonOf(kept(at(2), at(6)), standing(), at(300))).toBe('timeMismatch');
	});
});

describe('a session in the field', () => {
	const here = { latitude: 3.6936, longitude: 98.6505, accuracy: 15 };
	const far = { ...here, latitude: 3.7116 };
	const place = (position: Scan['position']) =>
		judge(scan(at(1), { position }), standing({ fence: HALL }), at(1));
	test('takes who is there, and tells the others how far away they are', () => {
		expect(place(here)).toMatchObject({ taken: true, accuracy: 'good' });
		expect(place(far)).toMatchObject({ reason: 'outside', facts: { metres: 2002, radius: 150 } });
		expect(place(null)).toMatchObject({ reason: 'noPosition' });
		expect(place({ ...here, accuracy: 5000 })).toMatchObject({ reason: 'roughPosition' });
	});
	test('gives the benefit of the doubt for a hundred metres and no more', () => {
		const away = { ...here, latitude: here.latitude + 0.002 };
		expect(metresBetween(away, HALL)).toBeCloseTo(222.4, 0);
		expect(insideFence({ ...away, accuracy: 80 }, HALL)).toEqual({ inside: true, accuracy: 'fair' });
		expect(insideFence({ ...away, accuracy: 20 }, HALL)).toMatchObject({ inside: false, metres: 222 });
		expect(insideFence({ ...away, latitude: 3.7, accuracy: 700 }, HALL)).toMatchObject({ inside: false });
	});
});

describe('codes', () => {
	const session = '0199d3a0-1111-7000-8000-00000000abcd';
	const other = '0199d3a0-1111-7000-8000-00000000abce';
	test('are read back from their picture, and hold for one session, kind and half minute only', () => {
		const read = readPicture(pictureOf('kunci', session, 'out', 59_000_123));
		expect(read).toMatchObject({ sessionId: session, kind: 'out', step: 59_000_123 });
		if (read === null) throw new Error('unread');
		expect(genuine('kunci', read)).toEqual({ kind: 'out', step: 59_000_123 });
		expect(genuine('lain', read)).toBeNull();
		expect(genuine('kunci', { ...read, sessionId: other })).toBeNull();
		expect(genuine('kunci', { ...read, kind: 'in' })).toBeNull();
		expect(genuine('kunci', { ...read, step: read.step + 1 })).toBeNull();
		for (const text of ['', 'https://example.org', 'x'.repeat(41)]) expect(readPicture(text)).toBeNull();
	});
	test('spoken digits are found around their half minute, and called old for a quarter of an hour', () => {
		const { digits } = codeAt('kunci', session, 'in', 1000);
		expect(digits).toMatch(/^\d{6}$/);
		expect(spoken('kunci', session, digits, 1001, ['in'])).toEqual({ kind: 'in', step: 1000 });
		expect(spoken('kunci', session, digits, 1020, ['in'])).toEqual({ kind: 'in', step: 1000 });
		expect(spoken('kunci', session, digits, 1100, ['in'])).toBeNull();
		expect(freshness(1000, shownAt(1020))).toBe('expired');
	});
});
