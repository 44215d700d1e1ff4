import { expect, test } from 'vitest';
import { gainOf, type TestScores } from '../gain.ts';
import { gainShort, gainWords } from './words.ts';

const said = (scores: TestScores[]) => {
	const gain = gainOf(scores, 100);
	return [gainWords(gain), gainShort(gain)];
};

test('a class without tests is not called one with too little data', () => {
	expect(said([])).toEqual([expect.stringContaining('tidak dikerjakan siapa pun'), 'Tanpa tes']);
	expect(said([{ before: 50, after: null }])).toEqual([
		expect.stringContaining('Belum cukup data: 0 peserta'),
		'Belum cukup data (0 peserta)'
	]);
});
