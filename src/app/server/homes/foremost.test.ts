import { expect, test } from 'vitest';
import { foremost } from './foremost.ts';

const task = (kind: string, due: string | null) => ({ kind, due });

test('many of one kind do not hide the only one of another, and nothing is lost', () => {
	const steps = [1, 2, 3, 4, 5].map((day) => task('step', `2026-05-0${day}`));
	const quiz = task('quiz', null);
	const rate = task('rate', '2026-06-01');
	const { tasks, more } = foremost([quiz, ...steps, rate], 4);
	expect(tasks).toEqual([steps[0], steps[1], rate, quiz]);
	expect(more).toEqual(steps.slice(2));
});

test('what fits is all there, soonest first', () =>
	expect(foremost([task('a', null), task('b', '2026-05-02'), task('b', '2026-05-01')], 8)).toEqual({
		tasks: [task('b', '2026-05-01'), task('b', '2026-05-02'), task('a', null)],
		more: []
	}));
