import { describe, expect, test } from 'vitest';
import { eventStudy as eventStudyOf } from './eventStudy.ts';
import { panelOf, type PanelRow } from './panel.ts';

const eventStudy = (rows: PanelRow[], start: number) => eventStudyOf(panelOf(rows), start);

const path = (unit: string, treated: boolean, values: number[]): PanelRow[] =>
	values.map((value, index) => ({ unit, treated, post: false, period: 101 + index, value }));

describe('the path of the treated against the comparison units', () => {
	// Changes since period 102: treated −4, −6, −5; comparison 1, 0, 2.
	const rows = [
		...path('a', true, [20, 21, 17]),
		...path('b', true, [30, 29, 23]),
		...path('c', true, [25, 25, 20]),
		...path('d', false, [22, 22, 23]),
		...path('e', false, [18, 19, 19]),
		...path('f', false, [27, 26, 28])
	];
	const points = eventStudy(rows, 103);

	test('is zero at the last period before the start, which is the reference', () => {
		expect(points.map(({ relative, period }) => [relative, period])).toEqual([
			[-2, 101],
			[-1, 102],
			[0, 103]
		]);
		expect(points[1]).toMatchObject({ difference: 0, interval: null, treated: 3, comparison: 3 });
	});

	test('is the difference of mean changes afterwards, with Welch’s interval', () => {
		expect(points[2]?.difference).toBeCloseTo(-6, 12);
		// Both variances are 1: standard error √(2/3), 4 degrees of freedom, t(0.975) = 2.776445.
		expect(points[2]?.interval?.lower).toBeCloseTo(-6 - 2.7764451 * Math.sqrt(2 / 3), 6);
		expect(points[2]?.interval?.upper).toBeCloseTo(-6 + 2.7764451 * Math.sqrt(2 / 3), 6);
	});

	test('shows what was before the start as well', () => {
		expect(points[0]?.difference).toBeCloseTo(0, 12);
	});

	test('a unit missing at the reference gives no change, and a lone unit no interval', () => {
		const few = eventStudy(
			[
				...path('a', true, [20, 21, 17]),
				...path('d', false, [22, 22, 23]),
				...path('e', false, [18, 19, 19]),
				{ unit: 'late', treated: true, post: true, period: 103, value: 99 }
			],
			103
		);
		expect(few.at(-1)).toMatchObject({ difference: -4.5, interval: null, treated: 1, comparison: 2 });
	});

	test('without a period before the start there is nothing to compare with', () => {
		expect(eventStudy(rows, 101)).toEqual([]);
	});
});
