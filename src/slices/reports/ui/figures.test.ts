import { afterEach, expect, test } from 'vitest';
import { overwriteGetLocale } from '#platform/i18n/paraglide/runtime.js';
import { inFigures } from './figures.ts';

afterEach(() => overwriteGetLocale(() => 'id'));

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
	overwriteGetLocale(() => 'en');
	expect(inFigures({ params: { people: 7856, mean: 1.24, gain: -3 } })).toEqual({
		people: '7,856',
		mean: '1.24',
		gain: '−3.0'
	});
});
