import { describe, expect, it } from 'vitest';
import { predicateOf, readPeriod, readPredicate, readRating } from './performance.ts';

describe('the predicate of two ratings', () => {
	it.each([
		['above', 'below', 1, 3, 'Kurang', 4],
		['below', 'above', 3, 1, 'Butuh Perbaikan', 3],
		['as expected', 'above', 2, 1, 'Baik', 2],
		['below', 'below', 3, 3, 'Sangat Kurang', 5],
		['above', 'above', 1, 1, 'Sangat Baik', 1],
		['as expected', 'below', 2, 3, 'Kurang', 4]
	] as const)('work results %s, behaviour %s', (_work, _behaviour, work, behaviour, _name, predicate) => {
		expect(predicateOf(work, behaviour)).toBe(predicate);
	});
});

describe('words of performance files', () => {
	it.each([
		['Sangat Baik', 1],
		['BAIK', 2],
		['Butuh Perbaikan', 3],
		['Kurang/Misconduct', 4],
		['5', 5],
		['2.0', 2],
		['lumayan', null]
	])('predicate %s', (text, predicate) => expect(readPredicate(text)).toBe(predicate));
	it.each([
		['Di Atas Ekspektasi', 1],
		['diatas ekspektasi', 1],
		['Sesuai', 2],
		['DIBAWAH EKSPEKTASI', 3],
		['3', 3],
		['4', null]
	])('rating %s', (text, rating) => expect(readRating(text)).toBe(rating));
	it.each([
		['', 'year'],
		['Tahunan', 'year'],
		['Triwulan II', 'q2'],
		['TW 3 2025', 'q3'],
		['Maret', 'm03'],
		['Bulan 11', 'm11'],
		['Triwulan 5', null],
		['semester', null]
	])('period %s', (text, period) => expect(readPeriod(text)).toBe(period));
});
