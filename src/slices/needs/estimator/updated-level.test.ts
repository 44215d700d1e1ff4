import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from './settings.ts';
import { updatedLevel } from './updated-level.ts';

const settings = DEFAULT_SETTINGS;

describe('a level with new ratings', () => {
	test('lies between what was known and what is said, and is surer than either', () => {
		const known = updatedLevel(
			{ level: 2, sd: 0.4 },
			0,
			[{ source: 'supervisor', level: 4, raters: 1 }],
			settings
		);
		// Supervisor: variance .3² + .1 + .06 + .22 = .47; before: .16. Mean (2/.16 + 4/.47) / (1/.16 + 1/.47) = 2.508
		expect(known?.level).toBeCloseTo(2.5079, 3);
		expect(known?.sd).toBeCloseTo(Math.sqrt(1 / (1 / 0.16 + 1 / 0.47)), 6);
	});
	test('what was known counts less the older it is', () => {
		const after = (years: number) =>
			updatedLevel({ level: 2, sd: 0.4 }, years, [{ source: 'supervisor', level: 4, raters: 1 }], settings)
				?.level ?? 0;
		expect(after(3)).toBeGreaterThan(after(0));
	});
	test('oneself counts a quarter level lower; a group of four counts more than one', () => {
		expect(updatedLevel(null, 0, [{ source: 'self', level: 4, raters: 1 }], settings)?.level).toBeCloseTo(
			3.75,
			6
		);
		const sd = (raters: number) =>
			updatedLevel(null, 0, [{ source: 'peer', level: 3, raters }], settings)?.sd ?? 0;
		expect(sd(4)).toBeLessThan(sd(1));
	});
	test('nothing known and nothing said is no level; levels stay on the scale', () => {
		expect(updatedLevel(null, 0, [], settings)).toBeNull();
		expect(updatedLevel(null, 0, [{ source: 'self', level: 0, raters: 1 }], settings)?.level).toBe(0);
	});
});
