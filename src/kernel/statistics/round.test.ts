import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundDecimal, roundRatio, truncateDecimal } from './round.ts';

describe('rounding follows the written figure', () => {
	test.each<[string | number | bigint, number, string]>([
		['76.605', 2, '76.61'],
		[76.605, 2, '76.61'],
		[1.005, 2, '1.01'],
		[8.345, 2, '8.35'],
		['0.5', 0, '1'],
		['-2.5', 0, '-3'],
		['-0.001', 2, '0.00'],
		[65, 2, '65.00'],
		[7n, 1, '7.0'],
		['99.995', 2, '100.00'],
		['0.049', 1, '0.0'],
		[1e21, 0, '1000000000000000000000'],
		[1.5e-7, 7, '0.0000002'],
		['12345678901234567890.125', 2, '12345678901234567890.13']
	])('%s to %i places is %s', (value, places, expected) => {
		expect(roundDecimal(value, places)).toBe(expected);
	});

	test('where the float’s own way goes wrong', () => {
		expect((1.005).toFixed(2)).toBe('1.00');
		expect(roundDecimal(1.005, 2)).toBe('1.01');
		expect(Math.round(1.005 * 100) / 100).toBe(1);
	});

	test('what is no figure is refused', () => {
		expect(() => roundDecimal('12,5', 1)).toThrow(RangeError);
		expect(() => roundDecimal(Number.NaN, 1)).toThrow(RangeError);
		expect(() => roundDecimal(Infinity, 1)).toThrow(RangeError);
		expect(() => roundDecimal(1, -1)).toThrow(RangeError);
	});
});

describe('quotients of counts are exact', () => {
	test.each<[number, number, number, string]>([
		[1600, 18, 2, '88.89'],
		[1500, 18, 2, '83.33'],
		[-1, 2, 0, '-1'],
		[1, -2, 0, '-1'],
		[0, 7, 2, '0.00'],
		// Satisfaction index of 9 elements: sum of elements 28.3 (in tenths) × 25 / 9.
		[283 * 25, 90, 2, '78.61']
	])('%i / %i to %i places is %s', (top, bottom, places, expected) => {
		expect(roundRatio(top, bottom, places)).toBe(expected);
	});

	test('a quotient by zero or of fractions is refused', () => {
		expect(() => roundRatio(1, 0, 2)).toThrow(RangeError);
		expect(() => roundRatio(1.5, 2, 2)).toThrow(RangeError);
	});

	test('it agrees with rounding the written decimal', () => {
		fc.assert(
			fc.property(fc.integer(), fc.integer({ min: 0, max: 4 }), (thousandths, places) => {
				const text = `${thousandths < 0 ? '-' : ''}${String(Math.abs(thousandths))
					.padStart(4, '0')
					.replace(/(\d{3})$/, '.$1')}`;
				expect(roundRatio(thousandths, 1000, places)).toBe(roundDecimal(text, places));
			})
		);
	});
});

test('cutting never reaches a threshold that was not reached', () => {
	expect(truncateDecimal('90.999', 2)).toBe('90.99');
	expect(truncateDecimal(90.99, 2)).toBe('90.99');
	expect(truncateDecimal('-1.29', 1)).toBe('-1.2');
	expect(truncateDecimal(91, 2)).toBe('91.00');
});
