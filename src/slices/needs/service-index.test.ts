import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	predicateOf,
	serviceIndex,
	serviceIndexOfAnswers,
	weakElements,
	type ServiceBand
} from './service-index.ts';

const BANDS: ServiceBand[] = [
	{ from: 88.31, grade: 'A', weak: false },
	{ from: 76.61, grade: 'B', weak: false },
	{ from: 65, grade: 'C', weak: true },
	{ from: 25, grade: 'D', weak: true }
];
const all = (score: number) => Array.from({ length: 9 }, () => score);

describe('the index of a service (domain.md §18)', () => {
	test.each([
		['nine times 3.10', all(3.1), '3.1000', '77.50', 'B'],
		['mixed', [3.2, 3.0, 2.8, 3.6, 3.1, 3.3, 3.4, 2.9, 3.0], '3.1444', '78.61', 'B'],
		['nine times 2.60', all(2.6), '2.6000', '65.00', 'C'],
		['76.605 rounds half up', all(3.0642), '3.0642', '76.61', 'B'],
		['just below', all(3.0641), '3.0641', '76.60', 'C'],
		['all at most', all(4), '4.0000', '100.00', 'A'],
		['all at least', all(1), '1.0000', '25.00', 'D']
	])('%s', (_, scores, mean, index, grade) => {
		expect(serviceIndex(scores, BANDS)).toEqual({ mean, index, grade });
	});
	test('knows nine elements, no more and no fewer', () => {
		expect(() => serviceIndex(all(3).slice(1), BANDS)).toThrow(RangeError);
	});
	test('is the same in whatever order the elements come, and never falls when one rises', () => {
		const score = fc.integer({ min: 10_000, max: 40_000 }).map((units) => units / 10_000);
		fc.assert(
			fc.property(fc.array(score, { minLength: 9, maxLength: 9 }), fc.nat(8), (scores, at) => {
				const { index } = serviceIndex(scores, BANDS);
				expect(serviceIndex(scores.toReversed(), BANDS).index).toBe(index);
				const raised = scores.map((one, place) => (place === at ? 4 : one));
				expect(Number(serviceIndex(raised, BANDS).index)).toBeGreaterThanOrEqual(Number(index));
			})
		);
	});
	test('from answers it is what the means say, without rounding in between', () => {
		const scores = [3.2, 3.0, 2.8, 3.6, 3.1, 3.3, 3.4, 2.9, 3.0];
		const answers = scores.map((score) => ({ sum: Math.round(score * 40), answered: 40 }));
		expect(serviceIndexOfAnswers(answers, BANDS)).toEqual(serviceIndex(scores, BANDS));
		// 76.605 exactly: 27.5778 / 9 × 25; a float says 76.6049… and C.
		const edge = all(3.0642).map(() => ({ sum: 30_642, answered: 10_000 }));
		expect(serviceIndexOfAnswers(edge, BANDS)).toEqual({ mean: '3.0642', index: '76.61', grade: 'B' });
		// Elements that some left out count by their own answers.
		const some = [
			{ sum: 4, answered: 1 },
			...all(3)
				.slice(1)
				.map(() => ({ sum: 9, answered: 3 }))
		];
		expect(serviceIndexOfAnswers(some, BANDS).index).toBe('77.78');
		expect(() => serviceIndexOfAnswers([...some.slice(1), { sum: 0, answered: 0 }], BANDS)).toThrow(
			RangeError
		);
	});
	test('weak elements come weakest first, with what is missing to good', () => {
		expect(weakElements([3.2, 2.5, 3.1, 3.1, 3.1, 3.0, 3.1, 3.1, 3.1], BANDS)).toEqual([
			{ element: 2, score: 2.5, index: '62.50', grade: 'D', shortfall: 0.5644 },
			{ element: 6, score: 3, index: '75.00', grade: 'C', shortfall: 0.0644 }
		]);
	});
});

test.each([
	[1, 3, 4],
	[3, 1, 3],
	[2, 1, 2],
	[3, 3, 5],
	[1, 1, 1],
	[1, 2, 2]
] as const)('result %i and behaviour %i make predicate %i', (result, behaviour, predicate) => {
	expect(predicateOf(result, behaviour)).toBe(predicate);
});
