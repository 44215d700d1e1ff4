import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	normalQuantile,
	pValueOf,
	studentCdf,
	studentQuantile,
	studentTwoSided,
	tInterval
} from './student.ts';

describe('Student’s t agrees with the printed tables', () => {
	test.each([
		[1, 12.7062],
		[2, 4.3027],
		[3, 3.1824],
		[5, 2.5706],
		[10, 2.2281],
		[20, 2.086],
		[30, 2.0423],
		[60, 2.0003],
		[120, 1.9799]
	])('t(0.975) with %i degrees of freedom is %f', (df, expected) => {
		expect(studentQuantile(0.975, df)).toBeCloseTo(expected, 4);
	});

	test.each([
		[1, 63.6567],
		[4, 4.6041],
		[12, 3.0545],
		[40, 2.7045]
	])('t(0.995) with %i degrees of freedom is %f', (df, expected) => {
		expect(studentQuantile(0.995, df)).toBeCloseTo(expected, 4);
	});

	test('1 and 2 degrees of freedom have closed forms, and they agree to 1e-13', () => {
		for (const t of [-30, -2, -0.001, 0, 0.3, 1, 7, 1e4]) {
			expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
			expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13);
		}
	});
});

/** From mpmath 50-digit arithmetic: t, df, P(|T| ≥ t). */
const TAILS: [number, number, number][] = [
	[0.001, 0.5, 0.99946064766848764],
	[0.5, 1.5, 0.68056711066994001],
	[2, 3, 0.13932596855884318],
	[2.5, 7.25, 0.039865520758914579],
	[4.0621, 9, 0.0028330078403901583],
	[1.96, 39, 0.057168939933879158],
	[10, 39, 2.5589435641754805e-12],
	[3, 120, 0.0032839017202341633],
	[40, 10, 2.2808577430857546e-12],
	[1.2, 1000, 0.23042355232446705],
	[5, 100000, 5.7427016786416729e-7],
	[1.96, 1000000, 0.049996067585269787]
];

/** From the same: p, df, quantile. */
const QUANTILES: [number, number, number][] = [
	[0.975, 3.7, 2.8675207071911885],
	[0.975, 9, 2.262157162798205],
	[0.975, 20, 2.0859634472658644],
	[0.975, 39, 2.0226909200367607],
	[0.975, 999, 1.9623414611334496],
	[0.975, 100000, 1.9599877075346093],
	[0.9999, 6, 8.0247927731165347],
	[0.999999, 2.5, 220.17342917570425],
	[0.6, 15, 0.25788530093726107],
	[0.95, 0.5, 41.136000092878202],
	[0.501, 30, 0.0025276030072151389]
];

const NORMAL: [number, number][] = [
	[0.5, 0.0],
	[0.6, 0.25334710313579974],
	[0.9, 1.2815515655446006],
	[0.975, 1.9599639845400539],
	[0.995, 2.5758293035489005],
	[0.99999, 4.2648907939238408],
	[0.0001, -3.7190164854556806],
	[1e-12, -7.0344838253011319],
	[1e-300, -37.047096299361199]
];

const relative = (actual: number, expected: number) =>
	expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1);

describe('it agrees with 50-digit arithmetic', () => {
	test.each(TAILS)('P(|T| ≥ %f) with %f degrees of freedom', (t, df, expected) => {
		expect(relative(studentTwoSided(t, df), expected)).toBeLessThan(1e-10);
		expect(relative(studentCdf(-t, df), expected / 2)).toBeLessThan(1e-10);
	});

	test.each(QUANTILES)('quantile %f with %f degrees of freedom', (p, df, expected) => {
		expect(relative(studentQuantile(p, df), expected)).toBeLessThan(1e-10);
	});

	test.each(NORMAL)('normal quantile of %f', (p, expected) => {
		expect(relative(normalQuantile(p), expected)).toBeLessThan(1e-14);
	});
});

describe('the distribution behaves', () => {
	test('the quantile undoes the distribution function', () => {
		const p = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
		const df = fc.double({ min: 0.5, max: 5000, noNaN: true });
		fc.assert(
			fc.property(p, df, (probability, degrees) => {
				const back = studentCdf(studentQuantile(probability, degrees), degrees);
				expect(Math.abs(back - probability)).toBeLessThan(1e-12);
			})
		);
	});

	test('it is symmetric', () => {
		expect(studentCdf(0, 7)).toBe(0.5);
		expect(studentQuantile(0.5, 7)).toBe(0);
		expect(studentQuantile(0.2, 3.5)).toBeCloseTo(-studentQuantile(0.8, 3.5), 13);
	});

	test('infinities are the ends', () => {
		expect(studentCdf(Infinity, 4)).toBe(1);
		expect(studentCdf(-Infinity, 4)).toBe(0);
	});

	test('impossible questions are refused', () => {
		expect(() => studentQuantile(1, 5)).toThrow(RangeError);
		expect(() => studentQuantile(0, 5)).toThrow(RangeError);
		expect(() => studentQuantile(0.9, 0)).toThrow(RangeError);
		expect(() => studentCdf(Number.NaN, 5)).toThrow(RangeError);
		expect(() => normalQuantile(1)).toThrow(RangeError);
		expect(() => tInterval(0, 1, 5, 1)).toThrow(RangeError);
	});
});

test('no scatter at all gives no division by zero', () => {
	expect(pValueOf(0, 0, 5)).toBe(1);
	expect(pValueOf(2, 0, 5)).toBe(0);
	expect(tInterval(2, 0, 5, 0.95)).toEqual({ lower: 2, upper: 2, level: 0.95 });
});
