import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costPer, costPerEffect, returnOnInvestment } from './costs.ts';

const effect = { change: 5, lowest: 2.5, highest: 10, treated: 4 };

test('cost of one of so many', () => {
	expect(costPer(1_000_000, 40)).toBe(25_000);
	expect(costPer(1_000_000, 0)).toBeNull();
	expect(costPer(0, 40)).toBeNull();
});

describe('cost of one unit of effect', () => {
	test('has the interval of the effect, turned round', () => {
		expect(costPerEffect(1_000_000, effect)).toEqual({ value: 50_000, lower: 25_000, upper: 100_000 });
	});
	test.each([
		['across zero', { ...effect, lowest: -1 }, 'spansZero'],
		['touching zero', { ...effect, lowest: 0 }, 'spansZero'],
		['worse', { change: -5, lowest: -8, highest: -2, treated: 4 }, 'worse'],
		['none', null, 'noEffect'],
		['of nobody', { ...effect, treated: 0 }, 'noEffect'],
		['not a number', { ...effect, change: NaN }, 'noEffect']
	])('an effect %s cannot be told', (_, of, reason) => {
		expect(costPerEffect(1_000_000, of)).toEqual({ reason: `impact.costs.${reason}` });
		expect(returnOnInvestment(1_000_000, of, 1000)).toEqual({ reason: `impact.costs.${reason}` });
	});
	test('nothing spent is not free', () => {
		expect(costPerEffect(0, effect)).toEqual({ reason: 'impact.costs.noCost' });
	});
	test('is never a wrong number: finite, positive, and between its ends', () => {
		const number = fc.double({ min: -100, max: 100, noNaN: true });
		fc.assert(
			fc.property(fc.tuple(number, number, number), fc.nat(50), (three, treated) => {
				const [lowest = 0, change = 0, highest = 0] = three.toSorted((a, b) => a - b);
				const ratio = costPerEffect(1_000_000, { change, lowest, highest, treated });
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
	expect(returnOnInvestment(1_000_000, effect, 100_000)).toEqual({ value: 100, lower: 0, upper: 300 });
});
