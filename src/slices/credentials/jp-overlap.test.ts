import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSelfPaced, overlaps, type TimeSpent } from './jp-overlap.ts';

const spent = (parts: Partial<TimeSpent>): TimeSpent => ({
	startDate: '2026-03-10',
	endDate: '2026-03-10',
	startTime: null,
	endTime: null,
	selfPaced: false,
	...parts
});
const morning = spent({ startTime: '08:00', endTime: '12:00' });

describe('one person cannot earn JP in two places at once', () => {
	test.each<[string, Partial<TimeSpent>, boolean]>([
		['two webinars at the same hour', { startTime: '09:00', endTime: '11:00' }, true],
		['a webinar that starts before the other ends', { startTime: '11:30', endTime: '13:00' }, true],
		['one that starts when the other ends', { startTime: '12:00', endTime: '14:00' }, false],
		['an afternoon after a morning', { startTime: '13:00', endTime: '16:00' }, false],
		['the same hour on another day', { startDate: '2026-03-11', endDate: '2026-03-11' }, false],
		['a day without times', {}, true],
		['a course of a week around it, hours unknown', { startDate: '2026-03-09', endDate: '2026-03-13' }, true],
		[
			'afternoons of that week',
			{ startDate: '2026-03-09', endDate: '2026-03-13', startTime: '13:00', endTime: '16:00' },
			false
		],
		[
			'an e-learning over the whole month',
			{ startDate: '2026-03-01', endDate: '2026-03-31', selfPaced: true },
			false
		],
		['hours past midnight, taken as the whole day', { startTime: '22:00', endTime: '01:00' }, true]
	])('beside a morning course: %s', (_, parts, expected) => {
		expect(overlaps(morning, spent(parts))).toBe(expected);
	});

	test('it does not matter which was entered first', () => {
		const day = fc.integer({ min: 1, max: 9 });
		const hour = fc.option(fc.integer({ min: 10, max: 20 }).map((h) => `${h}:00`));
		const any = fc.tuple(day, day, hour, hour, fc.boolean()).map(([a, b, startTime, endTime, selfPaced]) =>
			spent({
				startDate: `2026-03-0${Math.min(a, b)}`,
				endDate: `2026-03-0${Math.max(a, b)}`,
				startTime,
				endTime,
				selfPaced
			})
		);
		fc.assert(fc.property(any, any, (a, b) => overlaps(a, b) === overlaps(b, a)));
		fc.assert(fc.property(any, (a) => overlaps(a, a) === !a.selfPaced));
	});

	test('forms held by a daily cap or a semester are learned in one’s own time', () => {
		expect(isSelfPaced({ basis: 'capPerDay' })).toBe(true);
		expect(isSelfPaced({ basis: 'perSemester' })).toBe(true);
		expect(isSelfPaced({ basis: 'perDay' })).toBe(false);
		expect(isSelfPaced({ basis: 'programme' })).toBe(false);
	});
});
