import { expect, test } from 'vitest';
import { chanceWord } from './words.ts';

test.each([
	[0.9999, '> 99%'],
	[1, '> 99%'],
	[0.994, '99%'],
	[0.45, '45%'],
	[0.0049, '< 1%'],
	[0, '< 1%']
])('a chance of %d is said as “%s”', (probability, words) => {
	expect(chanceWord(probability)).toBe(words);
});
