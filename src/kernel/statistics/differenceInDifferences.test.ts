import { describe, expect, test } from 'vitest';
import { differenceInDifferences } from './differenceInDifferences.ts';
import type { PanelRow } from './panel.ts';
import { normalQuantile } from './student.ts';

/** Values of one unit in periods 1, 2, …; null is a hole. */
const unit = (name: string, treated: boolean, start: number, values: (number | null)[]): PanelRow[] =>
	values.flatMap((value, index) =>
		value === null ? [] : [{ unit: name, period: index + 1, treated, post: index + 1 >= start, value }]
	);

describe('the classic two by two', () => {
	// Card & Krueger 1994, table 3: mean employment per store, New Jersey (treated) and Pennsylvania, before and after.
	const stores = [
		...unit('nj1', true, 2, [20.44 - 4, 21.03 - 1]),
		...unit('nj2', true, 2, [20.44 + 4, 21.03 + 1]),
		...unit('pa1', false, 2, [23.33 - 3, 21.17 + 2]),
		...unit('pa2', false, 2, [23.33 + 3, 21.17 - 2])
	];
	const result = differenceInDifferences(stores);

	test('is the difference of the four means: (21.03 − 20.44) − (21.17 − 23.33) = 2.75', () => {
		expect(result.estimate).toBeCloseTo(2.75, 10);
		expect(result.rawDifference).toBeCloseTo(2.75, 10);
		expect(result.means?.treatedBefore).toEqual({ mean: 20.44, observations: 2 });
		expect(result.means?.comparisonAfter.mean).toBeCloseTo(21.17, 12);
	});

	test('has the standard error that the formula gives by hand', () => {
		// Deviations of the changes from their side's mean: ±3 and ±5. Demeaned treatment is ±¼ in all eight rows, so
		// its variation is ½ and each score is deviation / 4: Σ s² = 68 / 16 = 4.25, and 4.25 / ½² = 17.
		// CR1 with G = 4, N = 8, K = 3: 4/3 · 7/5.
		expect(result.standardError).toBeCloseTo(Math.sqrt((4 / 3) * (7 / 5) * 17), 10);
		expect(result.df).toBe(3);
	});

	test('warns that four clusters are few, and that one period before shows no path', () => {
		expect(result.warnings).toEqual(['fewClusters']);
		expect(result.preTrend).toBeNull();
		expect(result.prePeriods).toBe(1);
	});

	test('does not depend on the order of rows or on names', () => {
		const shuffled = stores.toReversed().map((row) => ({ ...row, unit: `x${row.unit}` }));
		expect(differenceInDifferences(shuffled).estimate).toBeCloseTo(2.75, 10);
		expect(differenceInDifferences(shuffled).standardError).toBeCloseTo(result.standardError ?? 0, 10);
	});
});

describe('a panel with holes', () => {
	const panel = [
		...unit('a', true, 3, [10, 11.5, 9, 8.5]),
		...unit('b', true, 3, [14, null, 12, 13.5]),
		...unit('c', false, 3, [9, 9.5, 10.5, 10]),
		...unit('d', false, 3, [20, 18.5, null, 21]),
		...unit('e', false, 3, [12, 13, 12, 14.5])
	];

	test('gives the estimate, interval and p-value that numpy and scipy give', () => {
		const result = differenceInDifferences(panel);
		expect(result.estimate).toBeCloseTo(-2.778361344537818, 10);
		expect(result.standardError).toBeCloseTo(0.373003586984721, 10);
		expect(result.interval?.lower).toBeCloseTo(-3.813985327842766, 9);
		expect(result.interval?.upper).toBeCloseTo(-1.74273736123287, 9);
		expect(result.pValue).toBeCloseTo(0.0017353452990650964, 10);
	});

	test('a unit seen only after the start tells nothing and is not counted as a cluster', () => {
		const result = differenceInDifferences([...panel, ...unit('late', true, 3, [null, null, 5, 6])]);
		expect(result.estimate).toBeCloseTo(-2.778361344537818, 10);
		expect(result.clusters).toEqual({ treated: 2, comparison: 3 });
		expect(result.unitsLeftOut).toBe(1);
	});

	test('a hole at the start of one treated unit is not a later start', () => {
		const holed = panel.filter((row) => !(row.unit === 'b' && row.period === 3));
		expect(differenceInDifferences(holed).warnings).not.toContain('staggered');
	});
});

describe('no number where there can be none', () => {
	const treated = unit('a', true, 3, [10, 11, 9, 8]);
	const comparison = unit('b', false, 3, [10, 11, 12, 11]);

	test.each([
		['only treated units', treated, 'noComparison'],
		['only comparison units', comparison, 'noTreated'],
		['nothing', [], 'noTreated'],
		['treatment not begun', [...unit('a', true, 9, [1, 2]), ...comparison], 'noPost'],
		['treated from the first period on', [...unit('a', true, 1, [9, 8, 7, 8]), ...comparison], 'noPre'],
		[
			'comparison measured only afterwards',
			[...treated, ...unit('b', false, 3, [null, null, 4, 5])],
			'noPre'
		],
		['comparison measured only before', [...treated, ...unit('b', false, 3, [4, 5])], 'noPost']
	])('%s', (_, panel, warning) => {
		const result = differenceInDifferences(panel);
		expect(result.estimate).toBeNull();
		expect(result.interval).toBeNull();
		expect(result.warnings).toEqual([warning]);
	});

	test('one unit against another has an estimate but no standard error, never a false near-zero', () => {
		const result = differenceInDifferences([...treated, ...comparison]);
		expect(result.estimate).toBeCloseTo(-3, 12);
		expect(result.standardError).toBeNull();
		expect(result.interval).toBeNull();
		expect(result.preTrend).toBeNull();
		expect(result.warnings).toEqual(['fewClusters']);
	});

	test('values that are no numbers and units on both sides are the caller’s bug', () => {
		const row: PanelRow = { unit: 'a', period: 1, treated: true, post: false, value: Number.NaN };
		expect(() => differenceInDifferences([row])).toThrow(RangeError);
		expect(() => differenceInDifferences([{ ...row, value: 1, period: 1.5 }])).toThrow(RangeError);
		expect(() =>
			differenceInDifferences([
				{ ...row, value: 1 },
				{ ...row, value: 1, period: 2, treated: false }
			])
		).toThrow(RangeError);
	});
});

/** mulberry32: the same noise on every machine. */
function noiseFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return normalQuantile((((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32);
	};
}

type World = { effect: number; treatedTrend?: number; units?: number; periods?: number };

/** Units with own levels, a common season and AR(1) errors (ρ = 0.6): what monthly queue times look like. */
function world(
	noise: () => number,
	{ effect, treatedTrend = 0, units = 40, periods = 24 }: World
): PanelRow[] {
	const start = periods / 2;
	return Array.from({ length: units }, (_, index) => {
		const treated = index % 2 === 0;
		const level = 30 + 5 * noise();
		let error = noise() / 0.8;
		return Array.from({ length: periods }, (__, period) => {
			error = 0.6 * error + noise();
			const season = 3 * Math.sin((period * Math.PI) / 6);
			const change = treated ? treatedTrend * period + (period >= start ? effect : 0) : 0;
			return {
				unit: `u${index}`,
				period,
				treated,
				post: period >= start,
				value: level + season + change + error
			};
		});
	}).flat();
}

describe('on invented worlds where the truth is known', () => {
	test('the planted effect is found without bias and the 95 % interval holds it 92 to 98 times in 100', () => {
		const noise = noiseFrom(1271);
		const runs = 600;
		let sum = 0;
		let covered = 0;
		let alarms = 0;
		for (let run = 0; run < runs; run++) {
			const { estimate, interval, warnings } = differenceInDifferences(world(noise, { effect: -2 }));
			sum += estimate ?? Number.NaN;
			if (interval && interval.lower <= -2 && interval.upper >= -2) covered++;
			if (warnings.includes('preTrend')) alarms++;
		}
		expect(Math.abs(sum / runs + 2)).toBeLessThan(0.05);
		expect(covered / runs).toBeGreaterThan(0.92);
		expect(covered / runs).toBeLessThan(0.98);
		// The alarm of a difference before the start is false about one time in twenty.
		expect(alarms / runs).toBeLessThan(0.09);
	});

	test('sides that were already moving apart are noticed', () => {
		const result = differenceInDifferences(world(noiseFrom(7), { effect: 0, treatedTrend: -0.5 }));
		expect(result.warnings).toContain('preTrend');
		expect(result.preTrend?.slope).toBeCloseTo(-0.5, 0);
		expect(result.preTrend?.interval.upper).toBeLessThan(0);
	});

	test('the plot jumps at the start, not before', () => {
		const { eventStudy, start } = differenceInDifferences(world(noiseFrom(5), { effect: -8 }));
		expect(start).toBe(12);
		expect(eventStudy).toHaveLength(24);
		for (const { relative, difference } of eventStudy) {
			expect(Math.abs(difference - (relative >= 0 ? -8 : 0))).toBeLessThan(2);
		}
	});

	test('different starts are flagged and get no common plot', () => {
		const panel = world(noiseFrom(3), { effect: -2 }).map((row) =>
			row.unit === 'u0' ? { ...row, post: row.period >= 15 } : row
		);
		const result = differenceInDifferences(panel);
		expect(result.warnings).toEqual(['staggered']);
		expect(result.eventStudy).toEqual([]);
		expect(result.estimate).not.toBeNull();
	});

	test('a treatment that stops again is flagged', () => {
		const panel = world(noiseFrom(3), { effect: -2 }).map((row) =>
			row.unit === 'u0' && row.period > 20 ? { ...row, post: false } : row
		);
		expect(differenceInDifferences(panel).warnings).toEqual(['reversal']);
	});

	test('a thousand units over five years are estimated as a few are', () => {
		const panel = world(noiseFrom(9), { effect: -1, units: 1000, periods: 60 });
		expect(differenceInDifferences(panel).estimate).toBeCloseTo(-1, 0);
	});
});

test('an outcome that never moves shows no effect, and no sure one made of rounding', () => {
	const panel = ['a', 'b', 'c', 'd'].flatMap((name, at) =>
		unit(
			name,
			at < 2,
			3,
			[1, 1, 1, 1].map(() => 0.1 + at / 3)
		)
	);
	expect(differenceInDifferences(panel)).toMatchObject({ estimate: 0, standardError: 0, pValue: 1 });
});
