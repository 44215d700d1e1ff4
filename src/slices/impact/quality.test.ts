import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthOf } from './model.ts';
import { qualityOf } from './quality.ts';

const FIRST = 2024 * 12;
const WALK = [3.1, 3.6, 2.9, 3.3, 3.8, 3.2, 2.7, 3.4, 3.9, 3.5, 3.1, 2.8];
const series = (values: readonly (number | null)[], unitId = 'a') => ({
	unitId,
	points: values.flatMap((value, index) => (value === null ? [] : [{ month: monthOf(FIRST + index), value }]))
});
const found = (values: readonly (number | null)[], breaks: readonly string[] = []) =>
	qualityOf({ cadence: 'month', breaks, series: [series(values)] }).map(({ rule, period }) =>
		`${rule} ${period ?? ''}`.trim()
	);

describe('what is odd about a series', () => {
	test('an ordinary one has nothing', () => {
		expect(found(WALK)).toEqual([]);
	});
	test('a jump of more than five deviations of its own changes', () => {
		expect(found([...WALK.slice(0, 9), 23, 22.6, 23.1])).toEqual(['jump 2024-10-01']);
	});
	test('no jump under eight points, nor across a gap or a new definition', () => {
		expect(found([3, 3.4, 3.1, 20, 20.3])).toEqual(['few']);
		expect(found([...WALK.slice(0, 9), null, 22.6, 23.1])).toEqual(['gap 2024-10-01']);
		expect(found([...WALK.slice(0, 9), 23, 22.6, 23.1], ['2024-10-01'])).toEqual(['redefined 2024-10-01']);
	});
	test('a steady rise is no row of jumps', () => {
		expect(found(WALK.map((value, index) => 3 * index + value / 10))).toEqual([]);
	});
	test('gaps within, and up to the newest period of another unit', () => {
		const both = qualityOf({
			cadence: 'month',
			breaks: [],
			series: [series(WALK), series([...WALK.slice(0, 3), null, null, ...WALK.slice(5, 10)], 'b')]
		});
		expect(both.map(({ unitId, period, params }) => [unitId, period, params['missing']])).toEqual([
			['b', '2024-04-01', 2],
			['b', '2024-11-01', 2]
		]);
	});
	test('a constant one, and one that is rounded to tens', () => {
		expect(found(WALK.map(() => 3))).toEqual(['constant']);
		expect(found([30, 40, 35, 50, 45, 60, 55, 40, 35, 30, 45, 50])).toEqual(['heaped']);
		expect(found([31, 42, 38, 53, 47, 64, 56, 41, 33, 29, 46, 52])).toEqual([]);
	});
	test('small counts are not called rounded, and no values give no findings', () => {
		expect(found([0, 5, 5, 0, 5, 10, 5, 0, 5, 5, 0, 5])).not.toContain('heaped');
		expect(qualityOf({ cadence: 'month', breaks: ['2024-01-01'], series: [] })).toEqual([]);
	});
	test('quarters are neighbours of quarters', () => {
		const points = [0, 3, 6, 9, 15].map((month, index) => ({ month: monthOf(FIRST + month), value: index }));
		const findings = qualityOf({ cadence: 'quarter', breaks: [], series: [{ unitId: 'a', points }] });
		expect(findings.map(({ rule, period }) => `${rule} ${period}`)).toEqual(['gap 2025-01-01', 'few null']);
	});
	test('does not depend on the unit of measure, and never says NaN', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 30 }), (values) => {
				const jumps = (factor: number) =>
					qualityOf({ cadence: 'month', breaks: [], series: [series(values.map((value) => value * factor))] })
						.filter(({ rule }) => rule === 'jump')
						.map(({ period }) => period);
				expect(jumps(4)).toEqual(jumps(1));
				for (const { params } of qualityOf({ cadence: 'month', breaks: [], series: [series(values)] }))
					expect(Object.values(params).every(Number.isFinite)).toBe(true);
			})
		);
	});
});
