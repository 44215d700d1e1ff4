import { describe, expect, test } from 'vitest';
import type { Kind } from './model.ts';
import { isFrozen, questionProblem } from './rules.ts';

const choices = (text: string) =>
	text === ''
		? []
		: text.split(' ').map((word) => ({ wording: word.replace('*', ''), correct: word.endsWith('*') }));

describe('a question that can be asked', () => {
	test.each<[Kind, string, ReturnType<typeof questionProblem>]>([
		['single', 'ya* tidak', null],
		['multiple', 'a* b* c', null],
		['single', 'a* b* c', 'severalCorrect'],
		['single', 'a b', 'noneCorrect'],
		['multiple', 'a b', 'noneCorrect'],
		['multiple', 'a* b*', 'allCorrect'],
		['single', 'a*', 'tooFewChoices'],
		['single', '', 'tooFewChoices'],
		['multiple', 'a* A b', 'twice']
	])('%s with %s: %s', (kind, text, problem) => {
		expect(questionProblem(kind, choices(text))).toBe(problem);
	});
});

test('a quiz is frozen once somebody has begun it or it was replaced', () => {
	expect(isFrozen({ usedAt: null, retiredAt: null })).toBe(false);
	expect(isFrozen({ usedAt: new Date(), retiredAt: null })).toBe(true);
	expect(isFrozen({ usedAt: null, retiredAt: new Date() })).toBe(true);
});
