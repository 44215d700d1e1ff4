import { expect, test } from 'vitest';
import { printable, printableJson } from './printable.ts';

test.each([
	['  Siti   Rahma\n\tNasution ', 'Siti Rahma Nasution'],
	['Andre\u0301', 'André'],
	['Bu\u00addi\u200b Hartono\u0007', 'Budi Hartono'],
	['\u202eotnaideS\u202c', 'otnaideS'],
	['23\u2009–\u200927 Mei', '23 – 27 Mei'],
	['#a $b$ *c* \\d "e" <f> @g', '#a $b$ *c* \\d "e" <f> @g'],
	['漢字 é ñ', '漢字 é ñ']
])('%j is printed as %j', (typed, printed) => {
	expect(printable(typed)).toBe(printed);
});

test('every text in the data is made printable, figures and gaps stay', () => {
	expect(JSON.parse(printableJson({ a: [' x\u0000 '], b: { c: 'y\u200b' }, n: 4.5, none: null }))).toEqual({
		a: ['x'],
		b: { c: 'y' },
		n: 4.5,
		none: null
	});
});
