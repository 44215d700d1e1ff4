import { describe, expect, test } from 'vitest';
import { pairOf, readNeighbours } from './neighbours.ts';

const UNITS = ['Medan Belawan', 'Medan Deli', 'Medan Labuhan', 'Medan Marelan'].map((name) => ({
	id: name.slice(6),
	name: `Kecamatan ${name}`
}));
const read = (text: string) => readNeighbours(text, UNITS);

describe('a border', () => {
	test('is one fact, whichever side tells it', () => {
		expect(pairOf('b', 'a')).toEqual(pairOf('a', 'b'));
	});
});

describe('a list of neighbours', () => {
	test('names units as people write them, and may say a pair twice', () => {
		expect(
			read('Kec. Medan  Marelan: medan belawan; Medan Deli,\r\n\nMEDAN BELAWAN: Kecamatan Medan Marelan\n')
		).toEqual({
			pairs: [
				['Belawan', 'Marelan'],
				['Deli', 'Marelan']
			],
			wrong: null
		});
	});
	test.each([
		['Medan Marelan', 1, 'shape', 'Medan Marelan'],
		['Medan Marelan:', 1, 'shape', 'Medan Marelan:'],
		['Medan Marelan: Medan Deli: Medan Belawan', 1, 'shape', 'Medan Marelan: Medan Deli: Medan Belawan'],
		['Medan Deli: Medan Labuhan\nMedan Utara: Medan Deli', 2, 'unknown', 'Medan Utara'],
		['Medan Deli: Binjai', 1, 'unknown', 'Binjai'],
		['Medan Deli: Medan Deli', 1, 'itself', 'Medan Deli']
	])('%j is refused with its line', (text, line, kind, name) => {
		expect(read(text)).toEqual({ pairs: null, wrong: { line, kind, name } });
	});
	test('with nothing in it says nothing', () => {
		expect(read(' \n')).toEqual({ pairs: [], wrong: null });
	});
});
