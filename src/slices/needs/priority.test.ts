import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FACTORS, normalised, priorityOf, ranked, type Counted, type PriorityRule } from './priority.ts';

const EVEN: PriorityRule = {
	weights: { probability: 1, size: 1, importance: 1, reach: 1, goal: 1 },
	sizeFull: 2,
	reachFull: 1000
};
const counted = (change: Partial<Counted> = {}): Counted => ({
	probability: 0.5,
	size: 1,
	importance: 1,
	reach: 30,
	goal: 1,
	...change
});

describe('the priority of a need', () => {
	test.each<[string, Partial<Counted>, Partial<PriorityRule>, number]>([
		// 0.5 × 0.5 × 0.5 × ln 31 / ln 1001 × 0.5
		['an ordinary need', {}, {}, 3.11],
		[
			'certain, two levels, important, everybody, first goal',
			{ probability: 1, size: 2, importance: 2, reach: 1000, goal: 2 },
			{},
			100
		],
		[
			'more than full counts as full',
			{ probability: 1, size: 9, importance: 2, reach: 9e6, goal: 2 },
			{},
			100
		],
		['nobody', { reach: 0 }, {}, 0],
		['no shortfall', { size: 0 }, {}, 0],
		['a weight of 0 leaves its factor out', { size: 0 }, { weights: { ...EVEN.weights, size: 0 } }, 6.21],
		['a weight of 2 squares', {}, { weights: { ...EVEN.weights, probability: 2 } }, 1.55]
	])('%s', (_, change, rule, score) => {
		expect(priorityOf(counted(change), { ...EVEN, ...rule }).score).toBe(score);
	});

	test('its arithmetic stands factor by factor in one order', () => {
		const { steps } = priorityOf(counted(), EVEN);
		expect(steps.map(({ factor }) => factor)).toEqual(FACTORS);
	});

	const anyCounted = fc.record({
		probability: fc.double({ min: 0, max: 1, noNaN: true }),
		size: fc.double({ min: 0, max: 5, noNaN: true }),
		importance: fc.double({ min: 0, max: 2, noNaN: true }),
		reach: fc.nat(20_000),
		goal: fc.double({ min: 0, max: 2, noNaN: true })
	});
	const anyRule = fc.record({
		weights: fc.record(
			Object.fromEntries(
				FACTORS.map((factor) => [factor, fc.double({ min: 0, max: 3, noNaN: true })])
			) as Record<(typeof FACTORS)[number], fc.Arbitrary<number>>
		),
		sizeFull: fc.double({ min: 0.5, max: 5, noNaN: true }),
		reachFull: fc.integer({ min: 2, max: 1_000_000 })
	});

	test('multiplies up from what is shown: four digits of each factor give its two decimals', () => {
		fc.assert(
			fc.property(anyCounted, anyRule, (one, rule) => {
				const { score, steps } = priorityOf(one, rule);
				const read = steps.map(({ term }) => Number(term.toPrecision(4)));
				expect(Math.abs(read.reduce((product, term) => product * term, 100) - score)).toBeLessThan(0.00501);
				for (const { term, normalised: share, weight } of steps)
					expect(term).toBeCloseTo(weight === 0 ? 1 : share ** weight, 4);
			})
		);
	});

	test.each(FACTORS)('never falls when %s grows, whatever the rule', (factor) => {
		fc.assert(
			fc.property(anyCounted, anyRule, fc.nat(100), (one, rule, more) => {
				const before = priorityOf(one, rule).score;
				const after = priorityOf({ ...one, [factor]: one[factor] + more / 10 }, rule).score;
				expect(after).toBeGreaterThanOrEqual(before);
			})
		);
	});

	test('lies between 0 and 100, and so does every share between 0 and 1', () => {
		fc.assert(
			fc.property(anyCounted, anyRule, (one, rule) => {
				const { score } = priorityOf(one, rule);
				expect(score).toBeGreaterThanOrEqual(0);
				expect(score).toBeLessThanOrEqual(100);
				for (const share of Object.values(normalised(one, rule))) {
					expect(share).toBeGreaterThanOrEqual(0);
					expect(share).toBeLessThanOrEqual(1);
				}
			})
		);
	});

	test('the order does not depend on the order in which needs come', () => {
		fc.assert(
			fc.property(fc.array(anyCounted, { minLength: 2, maxLength: 8 }), anyRule, (all, rule) => {
				const needs = all.map((one, at) => ({ key: String(at), counted: one }));
				const keys = (list: typeof needs) => ranked(list, rule).map(({ key }) => key);
				expect(keys(needs.toReversed())).toEqual(keys(needs));
			})
		);
	});
});
