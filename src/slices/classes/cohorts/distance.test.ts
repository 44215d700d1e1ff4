import { describe, expect, test } from 'vitest';
import { distancesOn, nearnessOf } from './distance.ts';

const DISTRICTS = new Map([
	['counter', 'marelan'],
	['ward', 'marelan'],
	['harbour', 'belawan'],
	['hall', 'johor']
]);

describe('the way to a class', () => {
	const distance = distancesOn(DISTRICTS, [['belawan', 'marelan']]);
	test.each([
		['counter', 'ward', 0],
		['counter', 'harbour', 1],
		['harbour', 'counter', 1],
		['counter', 'hall', 2],
		['harbour', 'hall', 2],
		['counter', null, null],
		['counter', 'an office of the whole city', null],
		['an office of the whole city', 'hall', null]
	])('from %s to %s is %s', (unitId, placeId, steps) => {
		expect(distance(unitId, placeId)).toBe(steps);
	});
	test('is short or long as long as nobody said which kecamatan adjoin', () => {
		const unset = distancesOn(DISTRICTS, []);
		expect([unset('counter', 'ward'), unset('counter', 'harbour')]).toEqual([0, 2]);
	});
});

describe('a class', () => {
	test('says from how far its people come, of those of whom it is known', () => {
		expect(nearnessOf([0, 1, 1, null, 2])).toEqual({ same: 1, neighbouring: 2, farther: 1 });
		expect(nearnessOf([null, null])).toBeNull();
		expect(nearnessOf([])).toBeNull();
	});
});
