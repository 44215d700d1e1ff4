import { describe, expect, test } from 'vitest';
import { remainingGap, suggestions, type OpenGap } from './rules.ts';

const gap = (
	competencyId: string,
	required: number,
	measured: number,
	passedTo: number | null = null
): OpenGap => ({
	competencyId,
	name: competencyId,
	required,
	measured,
	passedTo
});
const program = (programId: string, learningHours: number, ...raises: [string, number][]) => ({
	programId,
	learningHours,
	raises: raises.map(([competencyId, level]) => ({ competencyId, level }))
});
const order = (gaps: OpenGap[], programs: ReturnType<typeof program>[]) =>
	suggestions(gaps, programs).map((one) => one.program.programId);

describe('remaining gap', () => {
	test.each([
		[3, 1, null, 2],
		[3, 1, 2, 1],
		[3, 1, 4, 0],
		[2, 3, null, 0]
	])('required %i, measured %i, passed to %s leaves %i', (required, measured, passedTo, left) => {
		expect(remainingGap({ required, measured, passedTo })).toBe(left);
	});
});

describe('what is suggested next', () => {
	test('the program for the largest gap comes first', () => {
		expect(
			order(
				[gap('small', 2, 1), gap('large', 4, 1)],
				[program('A', 10, ['small', 2]), program('B', 40, ['large', 3])]
			)
		).toEqual(['B', 'A']);
	});
	test('of two for the same gap, the one that closes more of it', () => {
		expect(order([gap('g', 4, 1)], [program('half', 10, ['g', 2]), program('whole', 40, ['g', 4])])).toEqual([
			'whole',
			'half'
		]);
	});
	test('then the one taught at the level the post asks for, not the one for managers', () => {
		expect(
			order(
				[gap('g', 1, 0), gap('h', 1, 0)],
				[program('managers', 40, ['g', 3], ['h', 3]), program('clerks', 40, ['g', 1])]
			)
		).toEqual(['clerks', 'managers']);
	});
	test('then the one that closes other gaps on the way, then the shorter', () => {
		const gaps = [gap('g', 3, 2), gap('h', 3, 2)];
		expect(
			order(gaps, [
				program('long', 40, ['g', 3]),
				program('short', 8, ['g', 3]),
				program('both', 60, ['g', 3], ['h', 3])
			])
		).toEqual(['both', 'short', 'long']);
	});
	test('a level above what the post asks for closes no more than the gap', () => {
		expect(suggestions([gap('g', 3, 2)], [program('A', 1, ['g', 5])])[0]?.closes).toBe(1);
	});
	test('a program that does not rise above the present level closes nothing and is left out', () => {
		expect(order([gap('g', 4, 3)], [program('basic', 8, ['g', 2])])).toEqual([]);
		expect(order([gap('g', 4, 1, 4)], [program('again', 8, ['g', 4])])).toEqual([]);
	});
	test('without a gap nothing is suggested', () => {
		expect(order([], [program('A', 1, ['g', 5])])).toEqual([]);
	});
});
