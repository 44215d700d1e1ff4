import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costPer, costPerEffect, returnOnInvestment } from './costs.ts';

const effect = { change: 5, lowest: 2.5, highest: 10 };
const cost = { spent: 1_000_000, treated: 4 };

test('cost of one of so many', () => {
	expect(costPer(1_000_000, 40)).toBe(25_000);
	expect(costPer(1_000_000, 0)).toBeNull();
	expect(costPer(0, 40)).toBeNull();
});

describe('cost of one unit of effect', () => {
	test('has the interval of the effect, turned round', () => {
		expect(costPerEffect(cost, effect)).toEqual({ value: 50_000, lower: 25_000, upper: 100_000 });
	});
	test.each([
		['across zero', { ...effect, lowest: -1 }, 'spansZero'],
		['touching zero', { ...effect, lowest: 0 }, 'spansZero'],
		['worse', { change: -5, lowest: -8, highest: -2 }, 'worse'],
		['none', null, 'noEffect'],
		['not a number', { ...effect, change: NaN }, 'noEffect']
	])('an effect %s cannot be told', (_, of, reason) => {
		expect(costPerEffect(cost, of)).toEqual({ reason: `impact.costs.${reason}` });
		expect(returnOnInvestment(cost, of, 1000)).toEqual({ reason: `impact.costs.${reason}` });
	});
	test('nothing spent, or on nobody, is not free', () => {
		for (const none of [
			{ spent: 0, treated: 4 },
			{ spent: 1_000_000, treated: 0 }
		])
			expect(costPerEffect(none, effect)).toEqual({ reason: 'impact.costs.noCost' });
	});
	test('is never a wrong number: finite, positive, and between its ends', () => {
		const number = fc.double({ min: -100, max: 100, noNaN: true });
		fc.assert(
			fc.property(fc.tuple(number, number, number), fc.nat(50), (three, treated) => {
				const [lowest = 0, change = 0, highest = 0] = three.toSorted((a, b) => a - b);
				const ratio = costPerEffect({ spent: 1_000_000, treated }, { change, lowest, highest });
				if ('reason' in ratio) return;
				expect(lowest).toBeGreaterThan(0);
				expect(ratio.lower).toBeGreaterThan(0);
				expect(ratio.lower).toBeLessThanOrEqual(ratio.value);
				expect(ratio.value).toBeLessThanOrEqual(ratio.upper);
			})
		);
	});
});

test('return on investment at an assumed value', () => {
	expect(returnOnInvestment(cost, effect, 100_000)).toEqual({ value: 100, lower: 0, upper: 300 });
});
