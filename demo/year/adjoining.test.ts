import { describe, expect, test } from 'vitest';
import { readNeighbours } from '#slices/people/neighbours.ts';
import { AGENCY_KEYS } from '../people/agency.ts';
import { placeOf } from '../people/places.ts';
import { adjoiningIn } from './adjoining.ts';

const kecamatan = (city: (typeof AGENCY_KEYS)[number]) =>
	placeOf(city)
		.offices.filter(({ kind }) => kind === 'kecamatan')
		.map(({ name }) => ({ id: name, name }));

describe('the map of the demo', () => {
	test.each(AGENCY_KEYS)('of %s names kecamatan that there are, each pair once', (city) => {
		const { pairs, wrong } = readNeighbours(adjoiningIn(city), kecamatan(city));
		expect(wrong).toBeNull();
		const named = adjoiningIn(city).match(/[,:]/g)?.length;
		expect(pairs).toHaveLength(named ?? 0);
	});
	test('leaves no kecamatan alone: from any of Medan one comes to any other', () => {
		const { pairs } = readNeighbours(adjoiningIn('medan'), kecamatan('medan'));
		const reached = new Set(['Kecamatan Medan Marelan']);
		for (let before = 0; before < reached.size;) {
			before = reached.size;
			for (const [one, other] of pairs ?? [])
				if (reached.has(one) || reached.has(other)) reached.add(one).add(other);
		}
		expect(reached.size).toBe(21);
	});
});
