import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerProblem, isPassed, isRight, markOf, percentOf } from './scoring.ts';

const single = { id: 'q1', kind: 'single' as const, choiceIds: ['a', 'b', 'c'], correctIds: ['b'] };
const multiple = { id: 'q2', kind: 'multiple' as const, choiceIds: ['d', 'e', 'f'], correctIds: ['d', 'f'] };

describe('one question', () => {
	test.each([
		[single, ['b'], true],
		[single, ['a'], false],
		[single, [], false],
		[single, undefined, false],
		[multiple, ['f', 'd'], true],
		[multiple, ['d', 'd', 'f'], true],
		[multiple, ['d'], false],
		[multiple, ['d', 'e', 'f'], false]
	])('%o with %o ticked is right: %s', (question, ticked, right) => {
		expect(isRight(question, ticked)).toBe(right);
	});

	test('ticking everything never pays', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 7 }), (choices, correct) => {
				fc.pre(correct < choices);
				const choiceIds = Array.from({ length: choices }, (_, index) => String(index));
				expect(isRight({ correctIds: choiceIds.slice(0, correct) }, choiceIds)).toBe(false);
			})
		);
	});
});

test('every question is worth one point, an open one none', () => {
	expect(markOf([single, multiple], new Map([['q1', ['b']]]))).toEqual({ score: 1, maxScore: 2 });
	expect(
		markOf(
			[single, multiple],
			new Map([
				['q1', ['b']],
				['q2', ['d', 'f']]
			])
		)
	).toEqual({ score: 2, maxScore: 2 });
	expect(markOf([single, multiple], new Map())).toEqual({ score: 0, maxScore: 2 });
});

test('the pass mark is reached exactly or not at all', () => {
	expect(isPassed({ score: 7, maxScore: 10 }, 70)).toBe(true);
	expect(isPassed({ score: 2, maxScore: 3 }, 67)).toBe(false);
	expect(percentOf({ score: 2, maxScore: 3 })).toBe(66);
	expect(isPassed({ score: 0, maxScore: 0 }, 0)).toBe(false);
});

test.each([
	[single, ['a', 'b'], 'onlyOne'],
	[single, ['x'], 'unknownChoice'],
	[multiple, ['d', 'b'], 'unknownChoice'],
	[single, [], null],
	[multiple, ['d', 'e', 'f'], null]
])('%o cannot be answered by %o because of %s', (question, ticked, problem) => {
	expect(answerProblem(question, ticked)).toBe(problem);
});
