import { expect, test } from 'vitest';
import { benjaminiHochberg } from './falseDiscovery.ts';

test('adjusts the fifteen p-values of Benjamini & Hochberg (1995, table 1): four are called at 0.05', () => {
	const published = [
		0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
		0.759, 1
	];
	const adjusted = benjaminiHochberg(published);
	expect(adjusted.filter((p) => p <= 0.05)).toHaveLength(4);
	expect(adjusted[0]).toBeCloseTo(0.0015, 10);
	expect(adjusted[3]).toBeCloseTo(0.035625, 10);
	expect(adjusted.at(-1)).toBe(1);
});

test('keeps the order given, and a larger p never comes out smaller', () => {
	expect(benjaminiHochberg([0.04, 0.01, 0.03])).toEqual([0.04, 0.03, 0.04].map((p) => expect.closeTo(p, 12)));
	expect(benjaminiHochberg([])).toEqual([]);
});
