import { describe, expect, it } from 'vitest';
import { isId, newId } from './ids.ts';

const NOW = Date.UTC(2026, 10, 27);

describe('an id', () => {
	it('is a UUIDv7 that begins with its moment', () => {
		expect(isId(newId(NOW))).toBe(true);
		expect(newId(NOW)).toMatch(/^01a21a4d-4000-7[0-9a-f]{3}-[89ab]/);
	});

	it('of many of one moment stands where its place says', () => {
		const ids = [0, 1, 16_383, 16_384, 150_000, 2 ** 26 - 1].map((place) => newId(NOW, place));
		expect(ids.toSorted()).toEqual(ids);
		for (const id of ids)
			expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		expect(newId(NOW, 7)).not.toBe(newId(NOW, 7));
	});
});
