import { describe, expect, test } from 'vitest';
import { likeness, likenesses, responseOf, standardisedDifference } from './non-response.ts';

describe('do those who answer differ from those who do not', () => {
	test('shares: 60 % against 40 % women is 0.41 standard deviations', () => {
		const difference = standardisedDifference({
			kind: 'share',
			trait: 'sex',
			answered: [60, 40],
			silent: [40, 60]
		});
		expect(difference).toBeCloseTo(0.2 / Math.sqrt(0.24), 6);
		expect(likeness(difference)).toBe('different');
	});
	test('means by the mean of both variances', () => {
		const of = (mean: number) => ({ n: 30, mean, variance: 100 });
		expect(
			standardisedDifference({ kind: 'mean', trait: 'pretest', answered: of(62), silent: of(60) })
		).toBeCloseTo(0.2, 6);
		expect(likeness(0.2)).toBe('little');
		expect(likeness(-0.05)).toBe('alike');
	});
	test('fewer than five in a group say nothing, and nothing is ever infinite or not a number', () => {
		expect(
			standardisedDifference({ kind: 'share', trait: 'sex', answered: [4, 0], silent: [40, 60] })
		).toBeNull();
		expect(standardisedDifference({ kind: 'share', trait: 'sex', answered: [9, 0], silent: [9, 0] })).toBe(0);
		expect(standardisedDifference({ kind: 'share', trait: 'sex', answered: [9, 0], silent: [0, 9] })).toBe(
			9.99
		);
		const same = { n: 9, mean: 50, variance: 0 };
		expect(standardisedDifference({ kind: 'mean', trait: 'pretest', answered: same, silent: same })).toBe(0);
		expect(likeness(null)).toBe('unknown');
	});
	test('who was asked and who answered; nobody asked is no division by nothing', () => {
		const sex = { kind: 'share', trait: 'sex', answered: [6, 3], silent: [2, 9] } as const;
		const compared = [{ ...sex, answered: [...sex.answered], silent: [...sex.silent] }];
		expect(responseOf(compared)).toEqual({ asked: 20, answered: 9 });
		expect(likenesses(compared)).toMatchObject([{ trait: 'sex', likeness: 'different' }]);
		expect(responseOf([])).toEqual({ asked: 0, answered: 0 });
	});
});
