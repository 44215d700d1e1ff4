import { describe, expect, test } from 'vitest';
import { gainOf, pooled, type TestScores } from './gain.ts';

const scored = (...pairs: [number | null, number | null][]): TestScores[] =>
	pairs.map(([before, after]) => ({ before, after }));

describe('what a class learned', () => {
	const summary = gainOf(
		scored([40, 60], [50, 80], [60, 75], [30, 65], [70, 95], [50, null], [null, 90]),
		100
	);

	test('comes from the people who took both tests, and the others are counted aloud', () => {
		expect(summary).toMatchObject({ shown: true, n: 5, onlyBefore: 1, onlyAfter: 1 });
	});

	test('has mean, interval and normalised gain', () => {
		if (!summary.shown) throw new Error('not shown');
		// Differences 20, 30, 15, 35, 25: mean 25, sd 7.9057, t(0.975, 4) = 2.776445.
		expect(summary.difference.meanDifference).toBeCloseTo(25, 12);
		expect(summary.difference.interval?.lower).toBeCloseTo(25 - (2.7764451 * 7.9056942) / Math.sqrt(5), 5);
		expect(summary.difference.interval?.upper).toBeCloseTo(25 + (2.7764451 * 7.9056942) / Math.sqrt(5), 5);
		expect(summary.normalised).toBeCloseTo(0.5, 12);
		// Before 40 50 60 30 70: sd 15.8114; after 60 80 75 65 95: sd 13.6931; 25 over their mean 14.7522.
		expect(summary.averageEffect).toBeCloseTo(1.69466, 4);
		expect(summary.band).toBe('medium');
		expect(summary.change).toBe('up');
	});

	test.each<[string, TestScores[], string, string | null]>([
		['up and high', scored([50, 90], [40, 90], [60, 92], [50, 88], [45, 90]), 'up', 'high'],
		['unclear', scored([50, 60], [50, 40], [50, 55], [50, 45], [50, 50]), 'unclear', 'low'],
		['down', scored([90, 60], [80, 55], [85, 50], [88, 61], [79, 52]), 'down', 'low'],
		[
			'all at the top before',
			scored([100, 100], [100, 100], [100, 100], [100, 100], [100, 100]),
			'unclear',
			null
		]
	])('is named in words: %s', (_, scores, change, band) => {
		expect(gainOf(scores, 100)).toMatchObject({ shown: true, change, band });
	});
});

test('under five people nothing is shown, so that nobody’s score can be worked out', () => {
	const four = gainOf(scored([40, 60], [50, 80], [60, 75], [30, 65], [20, null]), 100);
	expect(four).toEqual({ shown: false, reason: 'tooFew', n: 4, onlyBefore: 1, onlyAfter: 0 });
	expect(gainOf([], 100)).toMatchObject({ shown: false, n: 0 });
});

describe('several classes as one group', () => {
	const both = (n: number) => Array.from({ length: n }, (_, at) => ({ before: 40 + at, after: 60 + at }));
	test('a class under five pairs is in no total: the whole less the others would tell of it', () => {
		expect(pooled([both(6), both(4)])).toHaveLength(6);
		expect(pooled([both(4), both(4)])).toEqual([]);
		expect(
			gainOf(pooled([both(5), [...both(3), { before: 1, after: null }, { before: null, after: 9 }]]), 100).n
		).toBe(5);
	});
});
