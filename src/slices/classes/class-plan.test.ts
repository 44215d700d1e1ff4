import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#kernel/time.ts';
import { daysFrom, isWeekend, spreadModules } from './class-plan.ts';

const plan = (...days: number[]) => days.map((day) => ({ day, weekend: false }));
const dates = (...args: Parameters<typeof daysFrom>) => [...daysFrom(...args).values()].map(({ on }) => on);

describe('the days of a class on new dates', () => {
	test('keep their distances, step over holidays and weekends, and say over which', () => {
		// Thursday, Friday, and the Monday after; again from a Thursday whose Friday is a holiday.
		const again = daysFrom(plan(1, 2, 5), '2027-03-04', new Set(['2027-03-05']));
		expect([...again]).toEqual([
			[1, { on: '2027-03-04', wanted: '2027-03-04', skipped: [] }],
			[2, { on: '2027-03-08', wanted: '2027-03-05', skipped: ['2027-03-05', '2027-03-06', '2027-03-07'] }],
			[5, { on: '2027-03-09', wanted: '2027-03-08', skipped: ['2027-03-08'] }]
		]);
	});
	test('a day that was on a weekend may be on one again', () => {
		expect(dates([{ day: 1, weekend: true }], '2027-03-06', new Set())).toEqual(['2027-03-06']);
		expect(dates(plan(1), '2027-03-06', new Set())).toEqual(['2027-03-08']);
	});
	test('a pair a week stays a week apart', () => {
		expect(dates(plan(1, 8, 15), '2027-03-01', new Set())).toEqual([
			'2027-03-01',
			'2027-03-08',
			'2027-03-15'
		]);
	});
	test('never fall on a holiday, never two days on one, always in order, skipping only what they must', () => {
		const day = fc.integer({ min: 1, max: 400 });
		fc.assert(
			fc.property(
				fc.uniqueArray(day, { minLength: 1, maxLength: 12 }),
				day,
				fc.uniqueArray(day, { maxLength: 30 }),
				(days, start, free) => {
					const startsOn = addDays('2026-01-01', start);
					const holidays = new Set(free.map((one) => addDays('2026-01-01', one)));
					const again = [...daysFrom(plan(...days), startsOn, holidays).values()];
					const on = again.map((one) => one.on);
					expect(on).toHaveLength(days.length);
					expect(new Set(on).size).toBe(on.length);
					expect([...on].sort()).toEqual(on);
					expect(on.some((one) => holidays.has(one) || isWeekend(one) || one < startsOn)).toBe(false);
					for (const one of again) {
						expect(one.skipped).toHaveLength(daysBetween(one.wanted, one.on));
						for (const skipped of one.skipped)
							expect(
								holidays.has(skipped) || isWeekend(skipped) || on.some((taken) => taken >= skipped)
							).toBe(true);
					}
				}
			)
		);
	});
});

describe('modules of sessions that name none', () => {
	const modules = [
		{ name: 'Satu', learningHours: 4 },
		{ name: 'Dua', learningHours: 2 }
	];
	const session = (minutes: number, teaches = true, module: string | null = null) => ({
		minutes,
		teaches,
		module
	});
	const names = (...sessions: ReturnType<typeof session>[]) =>
		spreadModules(sessions, modules).map((module) => module?.name ?? null);

	test('follow the curriculum, each until its hours are used up, the last for all that is left', () => {
		expect(names(session(90), session(90), session(90), session(90))).toEqual(['Satu', 'Satu', 'Dua', 'Dua']);
	});
	test('openings have none, a named one is kept, and one that the curriculum lost is missed', () => {
		expect(names(session(30, false), session(90, true, 'Dua'), session(90, true, 'Hilang'))).toEqual([
			null,
			'Dua',
			null
		]);
	});
	test('a curriculum without modules leaves all of them open', () => {
		expect(spreadModules([session(90)], [])).toEqual([null]);
	});
});
