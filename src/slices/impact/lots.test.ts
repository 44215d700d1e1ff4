import { expect, test } from 'vitest';
import { drawHolds, drawnOrder } from './lots.ts';

const KEYS = ['001.010', '001.002', '001.007', '001.004', '001.005', '001.001'];

test('the same seed draws the same, whatever order the applicants came in', () => {
	expect(drawnOrder(KEYS, 4711)).toEqual(drawnOrder(KEYS.toReversed(), 4711));
	expect(drawnOrder(KEYS, 4711).toSorted()).toEqual(KEYS.toSorted());
	expect(drawnOrder(KEYS, 4711)).not.toEqual(drawnOrder(KEYS, 4712));
});

test('each applicant has the same chance', () => {
	const first = new Map<string, number>();
	for (let seed = 0; seed < 6000; seed++) {
		const [winner = ''] = drawnOrder(KEYS, seed);
		first.set(winner, (first.get(winner) ?? 0) + 1);
	}
	for (const count of first.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
	expect(first.size).toBe(KEYS.length);
});

test('a stored result is checked against its seed', () => {
	const units = drawnOrder(KEYS, 9).map((lotKey, at) => ({ lotKey, lot: at + 1, treated: at < 2 }));
	expect(drawHolds([...units, { lotKey: null, lot: null, treated: true }], 9)).toBe(true);
	expect(drawHolds(units, 10)).toBe(false);
	const swapped = units.map((unit, at) => ({ ...unit, treated: at === 0 || at === 2 }));
	expect(drawHolds(swapped, 9)).toBe(false);
});
