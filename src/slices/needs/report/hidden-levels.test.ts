import { describe, expect, test } from 'vitest';
import { measurementSheets } from './merit.ts';
import { protectedPosts } from './report-data.ts';

/** Reports are passed on: what is hidden must not follow from what is shown. */
describe('levels of posts in a report', () => {
	const measured = (postLevel: string, staff: number) => ({
		postLevel,
		staff,
		asked: staff,
		measured: staff
	});
	const shownIn = (...rows: ReturnType<typeof measured>[]) =>
		measurementSheets(rows)[0]?.rows.map((row) => row[2] !== '•');

	test('of fewer than five are hidden, with the next one where the total would tell', () => {
		expect(shownIn(measured('03', 2), measured('04', 40), measured('06', 900))).toEqual([false, false, true]);
		expect(shownIn(measured('03', 2), measured('04', 4), measured('06', 900))).toEqual([false, false, true]);
		expect(shownIn(measured('03', 30), measured('06', 900))).toEqual([true, true]);
	});

	test('are hidden competency by competency', () => {
		const row = (competencyId: string, postLevel: string, people: number) => ({
			competencyId,
			postLevel,
			people,
			competency: competencyId,
			required: 2,
			likely: people < 5 ? null : 1,
			shortfall: people < 5 ? null : 0.5
		});
		expect(
			protectedPosts([
				row('a', '03', 2),
				row('a', '04', 40),
				row('a', '06', 900),
				row('b', '04', 40),
				row('b', '06', 900)
			]).map(({ competencyId, postLevel, shortfall }) => [competencyId, postLevel, shortfall])
		).toEqual([
			['a', '03', null],
			['a', '04', null],
			['a', '06', 0.5],
			['b', '04', 0.5],
			['b', '06', 0.5]
		]);
	});
});
