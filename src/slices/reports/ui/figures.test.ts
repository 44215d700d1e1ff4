import { expect, test } from 'vitest';
import { inLanguage } from '#platform/i18n/language.server.ts';
import { inFigures } from './figures.ts';

const params = {
	competency: 'Pelayanan Publik',
	people: 7856,
	mean: 1.2,
	percent: 95.3,
	before: 1.24,
	after: -0.03,
	gain: 12.5,
	learningHours: 1234.5
};

test('figures of the thread are written as Indonesians write them', () => {
	expect(inFigures({ params })).toEqual({
		competency: 'Pelayanan Publik',
		people: '7.856',
		mean: '1,20',
		percent: '95,3%',
		before: '1,24',
		after: '−0,03',
		gain: '+12,5',
		learningHours: '1.234,5'
	});
});

test('and as the English do for who reads English; a loss carries its minus', () => {
	const read = inLanguage('en', () => inFigures({ params: { people: 7856, mean: 1.24, gain: -3 } }));
	expect(read).toEqual({
		people: '7,856',
		mean: '1.24',
		gain: '−3.0'
	});
});
