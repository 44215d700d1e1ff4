import { describe, expect, test } from 'vitest';
import { linkedChange, marksOf, meanChangeOf } from './linking.ts';

const pairs = (count: number) =>
	Array.from({ length: count }, (_, at) => ({ before: 2 + (at % 2), after: 3 + (at % 3) }));

describe('linked answers are told', () => {
	test.each<[string, number, { now: number; then: number }, boolean]>([
		['of four: no', 4, { now: 4, then: 4 }, false],
		['of five who are everybody: yes', 5, { now: 5, then: 5 }, true],
		['of five of six: no, the sixth would be known', 5, { now: 6, then: 5 }, false],
		['of five whose form before six answered: no', 5, { now: 5, then: 6 }, false],
		['of five of nine: no, the four would be known together', 5, { now: 9, then: 9 }, false],
		['of five of ten: yes', 5, { now: 10, then: 10 }, true],
		['of nobody: no', 0, { now: 10, then: 10 }, false]
	])('%s', (_, count, answered, told) => {
		expect(linkedChange(pairs(count), answered) !== null).toBe(told);
	});

	test('as means, spread and interval, and no pair by itself', () => {
		const change = linkedChange(
			[1, 2, 3, 4, 5].map((after) => ({ before: 1, after })),
			{ now: 5, then: 5 }
		);
		expect(change).toEqual({ pairs: 5, meanBefore: 1, meanAfter: 3, spread: Math.sqrt(2.5) });
		if (change === null) return;
		// t(0.975, 4) = 2.776; the standard error is √(2.5 / 5).
		const { change: by, lower, upper } = meanChangeOf(change);
		expect(by).toBe(2);
		expect(lower).toBeCloseTo(2 - 2.776 * Math.sqrt(0.5), 3);
		expect(upper).toBeCloseTo(2 + 2.776 * Math.sqrt(0.5), 3);
	});
});

test('only marks travel to the next form: no words, and no confidence, which has its own before', () => {
	const none = { score: null, grade: null, before: null, remark: null };
	expect(
		marksOf([
			{ ...none, item: 'A', score: 3 },
			{ ...none, item: 'B', grade: 5 },
			{ ...none, item: 'C', grade: 5, before: 1 },
			{ ...none, item: 'D', remark: 'kata' }
		])
	).toEqual({ A: 3, B: 5 });
});
