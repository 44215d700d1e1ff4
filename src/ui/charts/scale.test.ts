import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { along, digitsOf, niceDomain, percent, stepOf, ticksOf } from './scale.ts';

describe('an axis', () => {
	test.each([
		[[0, 20, 15.5], { zero: true }, [0, 20]],
		[[-8.1, 2.3], { zero: true }, [-10, 5]],
		[[22.3, 34], {}, [20, 35]],
		[[0.12, 0.37], {}, [0.1, 0.4]],
		[[5], { zero: true }, [0, 5]],
		[[5], {}, [4, 6]],
		[[0], { zero: true }, [0, 1]],
		[[], {}, [0, 1]]
	])('of %j with %j goes from and to round numbers', (values, options, domain) => {
		expect(niceDomain(values, options)).toEqual(domain);
	});
	test('always holds every value, and zero where it is asked for', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
				(values) => {
					const [low, high] = niceDomain(values, { zero: true });
					const slack = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
					expect(low).toBeLessThanOrEqual(Math.min(0, ...values) + slack);
					expect(high).toBeGreaterThanOrEqual(Math.max(0, ...values) - slack);
				}
			)
		);
	});
	test('has ticks without crumbs of floating point', () => {
		expect(ticksOf([0, 0.5])).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
		expect(ticksOf([-10, 5])).toEqual([-10, -5, 0, 5]);
		expect(ticksOf([0, 20], 4)).toEqual([0, 5, 10, 15, 20]);
		expect(ticksOf([0, 1], 5, { whole: true })).toEqual([0, 1]);
		expect(ticksOf([0, 2], 5, { whole: true })).toEqual([0, 1, 2]);
	});
	test('shows as many decimals as neighbours need', () => {
		expect(digitsOf([0, 5, 10])).toBe(0);
		expect(digitsOf([0, 0.1, 0.2])).toBe(1);
		expect(digitsOf([0, 0.05, 0.1])).toBe(2);
		expect(digitsOf([0, 1000])).toBe(0);
	});
});

test('a value outside the axis stops at its end instead of leaving the picture', () => {
	expect([-5, 0, 2.5, 5, 9].map((value) => along([0, 5], value))).toEqual([0, 0, 50, 100, 100]);
	expect(along([3, 3], 3)).toBe(0);
});

test('a length is written with two decimals', () => expect(percent(33.33333)).toBe('33.33%'));

test('a cell gets the darker shade from its threshold on', () => {
	expect([0, 0.24, 0.25, 0.99, 1.5, 9].map((value) => stepOf(value, [0.25, 0.5, 1, 1.5]))).toEqual([
		0, 0, 1, 2, 4, 4
	]);
});
