import { describe, expect, test } from 'vitest';
import type { PanelRow } from './panel.ts';
import { detectableEffect } from './power.ts';
import { randomFrom } from './random.ts';

/** Units with independent noise of standard deviation 1 around their own level. */
function history(units: number, periods: number, spread = 1): PanelRow[] {
	const random = randomFrom(9);
	// Twelve uniforms: mean 6, variance 1.
	const noise = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
	return Array.from({ length: units }, (_, unit) => ({ unit: `u${unit}`, level: 10 * noise() })).flatMap(
		({ unit, level }) =>
			Array.from({ length: periods }, (_, period) => ({
				unit,
				period,
				treated: false,
				post: false,
				value: level + spread * noise()
			}))
	);
}

describe('smallest effect that a study could see', () => {
	test('is (t₀.₉₇₅ + t₀.₈) standard errors where months are independent', () => {
		// 40 units, 20 trained, 6 before and 6 after: error √(2/20 · 2/6 · …) = √((1/6 + 1/6) · (1/20 + 1/20)).
		const error = Math.sqrt((1 / 6 + 1 / 6) * (2 / 20));
		const result = detectableEffect(history(40, 12), { treated: 20, after: 6, draws: 800 });
		if (typeof result === 'string') throw new Error(result);
		expect(result.smallest / ((2.02 + 0.85) * error)).toBeGreaterThan(0.85);
		expect(result.smallest / ((2.02 + 0.85) * error)).toBeLessThan(1.15);
		expect(result.falseAlarms).toBeLessThan(0.09);
	});

	test('grows with the scatter and shrinks with the units', () => {
		const smallest = (units: number, spread: number) => {
			const result = detectableEffect(history(units, 12, spread), { treated: units / 2, after: 6 });
			return typeof result === 'string' ? NaN : result.smallest;
		};
		expect(smallest(40, 2) / smallest(40, 1)).toBeCloseTo(2, 6);
		expect(smallest(80, 1)).toBeLessThan(0.85 * smallest(20, 1));
	});

	test('says why where there is too little', () => {
		expect(detectableEffect(history(3, 12), { treated: 2, after: 6 })).toBe('tooFewUnits');
		expect(detectableEffect(history(20, 4), { treated: 10, after: 4 })).toBe('tooFewPeriods');
		expect(detectableEffect(history(20, 6, 0), { treated: 10, after: 2 })).toBe('constant');
	});
});
