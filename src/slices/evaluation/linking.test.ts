import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkedChange, marksOf, meanChangeOf, tellsOfFew, type Source } from './linking.ts';

const pairs = (count: number) =>
	Array.from({ length: count }, (_, at) => ({ before: 2 + (at % 2), after: 3 + (at % 3) }));

/** A form of which nothing was told before but what everybody said. */
const whole = (answered: number, pairs: number): Source => ({ answered, pairs, told: 0, toldPairs: 0 });

describe('linked answers are told', () => {
	test.each<[string, number, { now: number; then: number }, boolean]>([
		['of four: no', 4, { now: 4, then: 4 }, false],
		['of five who are everybody: yes', 5, { now: 5, then: 5 }, true],
		['of five of six: no, the sixth would be known', 5, { now: 6, then: 5 }, false],
		['of five whose form before six answered: no', 5, { now: 5, then: 6 }, false],
		['of five of nine: no, the four would be known together', 5, { now: 9, then: 9 }, false],
		['of five of ten: yes', 5, { now: 10, then: 10 }, true],
		['of nobody: no', 0, { now: 10, then: 10 }, false]
	])('%s', (_, count, { now, then }, told) => {
		expect(linkedChange(pairs(count), now, [whole(then, count)]) !== null).toBe(told);
	});

	test.each<[string, Source[], boolean]>([
		[
			'five of one form and the only one of another: the one would be known',
			[whole(5, 5), whole(20, 1)],
			true
		],
		['six from six forms of twenty each', Array.from({ length: 6 }, () => whole(20, 1)), false],
		[
			'all but one of one form, and one of another: the two would be known',
			[whole(6, 5), whole(20, 1)],
			true
		],
		[
			'six who were told there already, and a seventh',
			[{ answered: 20, pairs: 7, told: 6, toldPairs: 6 }],
			true
		],
		['the six who were told there already', [{ answered: 20, pairs: 6, told: 6, toldPairs: 6 }], false],
		['six of the seven who were told there', [{ answered: 20, pairs: 6, told: 7, toldPairs: 6 }], true],
		[
			'others than those who were told, all but three',
			[{ answered: 20, pairs: 8, told: 9, toldPairs: 0 }],
			true
		],
		[
			'others than those who were told, and as many left',
			[{ answered: 30, pairs: 8, told: 9, toldPairs: 0 }],
			false
		]
	])('%s', (_, sources, tells) => {
		expect(tellsOfFew(sources)).toBe(tells);
	});

	test('no sum of one to four marks can be made of what is told, whatever is added or taken away', () => {
		const source = fc
			.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9))
			.filter(([both, only, pair]) => both + pair > 0 && (both + only === 0 || both + only >= 5));
		fc.assert(
			fc.property(fc.array(source, { minLength: 1, maxLength: 2 }), (cells) => {
				const sources = cells.map(([both, only, pair, rest]) => ({
					answered: both + only + pair + rest,
					pairs: both + pair,
					told: both + only,
					toldPairs: both
				}));
				// The attacker: the sum before, and of each form any small multiple of both sums that are told of it.
				const some = [-2, -1, 0, 1, 2];
				let left = [0];
				for (const [both, only, pair, rest] of cells)
					left = left.flatMap((sum) =>
						some.flatMap((all) =>
							(both + only > 0 ? some : [0]).map((told) => {
								const weights = [1 + all + told, all + told, 1 + all, all];
								return [both, only, pair, rest].reduce(
									(people, size, at) => people + (weights[at] === 0 ? 0 : size),
									sum
								);
							})
						)
					);
				expect(tellsOfFew(sources)).toBe(left.some((people) => people > 0 && people < 5));
			})
		);
	});

	test('as means, spread and interval, and no pair by itself', () => {
		const change = linkedChange(
			[1, 2, 3, 4, 5].map((after) => ({ before: 1, after })),
			5,
			[whole(5, 5)]
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
