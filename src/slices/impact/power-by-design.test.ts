import { describe, expect, test } from 'vitest';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import { randomFrom } from '#kernel/statistics/random.ts';
import type { Design } from './model.ts';
import { powerByDesign, type PowerPlan } from './power-by-design.ts';

/** Units around levels of their own, with independent scatter of standard deviation 1 a month. */
function history(units: number, months: number, { spread = 1, levels = 5 } = {}): PanelRow[] {
	const random = randomFrom(4);
	const noise = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
	return Array.from({ length: units }, (_, unit) => ({
		unit: `u${unit}`,
		level: 50 + levels * noise()
	})).flatMap(({ unit, level }) =>
		Array.from({ length: months }, (_, period) => ({
			unit,
			period,
			treated: false,
			post: false,
			value: level + spread * noise()
		}))
	);
}
const plan = (design: Design, over: Partial<PowerPlan> = {}): PowerPlan => ({
	design,
	starts: Array.from({ length: 20 }, () => 12),
	monthsAfter: 6,
	covariates: [],
	people: new Map(),
	draws: 150,
	...over
});
const smallest = (rows: readonly PanelRow[], of: PowerPlan): number => {
	const { found } = powerByDesign(rows, of);
	if (typeof found === 'string') throw new Error(found);
	expect(found.falseAlarms).toBeLessThan(0.13);
	return found.smallest;
};
/** (t₀.₉₇₅ + t₀.₈) standard errors. */
const reach = (error: number): number => (2.02 + 0.85) * error;

describe('the smallest effect is that of the estimate which the design will be judged by', () => {
	test('a lottery: the difference of means, adjusted for before', () => {
		// Levels are far apart, so the months before say nearly all of them: slope 1, and the error of differences.
		const found = smallest(history(40, 12), plan('lottery'));
		expect(found / reach(Math.sqrt((1 / 6 + 1 / 6) * (2 / 20)))).toBeGreaterThan(0.85);
		expect(found / reach(Math.sqrt((1 / 6 + 1 / 6) * (2 / 20)))).toBeLessThan(1.15);
		// Without levels the months before are no help: the error of the months after alone, which differences exceed.
		const flat = smallest(history(40, 12, { levels: 0 }), plan('lottery'));
		expect(flat / reach(Math.sqrt((1 / 6) * (2 / 20)))).toBeLessThan(1.2);
		expect(flat).toBeLessThan(
			0.85 * smallest(history(40, 12, { levels: 0 }), plan('before_after_comparison'))
		);
	});

	test('matched units: only the pairs count, so that many others are no help', () => {
		const rows = history(120, 12);
		const pairs = plan('matched', { starts: Array.from({ length: 12 }, () => 12) });
		const few = smallest(rows, pairs);
		expect(few / reach(Math.sqrt((1 / 6 + 1 / 6) * (2 / 12)))).toBeGreaterThan(0.8);
		expect(few).toBeGreaterThan(1.15 * smallest(rows, { ...pairs, design: 'before_after_comparison' }));
	});

	test('staggered starts: by their own steps; whoever begins last is seen for a shorter time', () => {
		const rows = history(40, 24);
		const steps = (by: number) => Array.from({ length: 20 }, (_, at) => 12 + by * (at % 3));
		const wide = smallest(rows, plan('staggered_start', { starts: steps(4), monthsAfter: 4 }));
		expect(wide).toBeGreaterThan(smallest(rows, plan('before_after_comparison', { monthsAfter: 12 })));
		// Everybody is trained in the end: compared with those who begin later.
		const all = Array.from({ length: 40 }, (_, at) => 12 + 4 * (at % 3));
		expect(smallest(rows, plan('staggered_start', { starts: all, monthsAfter: 4 }))).toBeGreaterThan(0);
	});

	test('plain before and after has nothing to see, and too little is said to be too little', () => {
		expect(powerByDesign(history(20, 12), plan('before_after')).found).toBe('noVerdict');
		expect(powerByDesign([], plan('lottery')).found).toBe('tooFewUnits');
		expect(powerByDesign(history(20, 1), plan('matched', { starts: [12, 12, 12] })).found).toBe(
			'tooFewPeriods'
		);
		for (const design of ['lottery', 'staggered_start', 'matched', 'before_after_comparison'] as const) {
			const starts = Array.from({ length: 10 }, (_, at) => 12 + (at % 2) * 3);
			expect(
				powerByDesign(history(20, 12, { spread: 0, levels: 0 }), plan(design, { starts })).found
			).toMatch(/constant|tooFewPeriods/);
		}
	});

	test('is none where all are trained at once; in steps the later ones are compared with', () => {
		const all = (starts: number[], design: Design) =>
			powerByDesign(history(20, 12), plan(design, { starts }));
		const together = Array.from({ length: 20 }, () => 12);
		for (const design of ['before_after_comparison', 'matched', 'staggered_start'] as const)
			expect(all(together, design).found).toBe('noComparison');
		const steps = together.map((start, at) => start + (at % 2) * 3);
		expect(all(steps, 'staggered_start').found).toMatchObject({ draws: expect.any(Number) as number });
	});
});
