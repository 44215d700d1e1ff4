import { expect, test } from 'vitest';
import { formatDates, formatFixed, formatMoney, formatNumber, formatPercent, withSign } from './format.ts';

test.each([
	['2026-02-16', '2026-02-18', '16–18 Februari 2026'],
	['2026-11-30', '2026-12-04', '30 November–4 Desember 2026'],
	['2026-12-30', '2027-01-02', '30 Desember 2026–2 Januari 2027'],
	['2026-10-12', '2026-10-12', '12 Oktober 2026']
])('%s to %s is said as %s', (from, to, said) => {
	expect(formatDates(from, to).replace(/\s*–\s*/, '–')).toBe(said);
});

test('what is below zero carries a minus, not a hyphen, and a change says its sign', () => {
	expect([formatNumber(-1234.5, 1), formatFixed(-0.03, 2), formatPercent(-0.05)]).toEqual([
		'−1.234,5',
		'−0,03',
		'−5%'
	]);
	expect(formatMoney(-2500)).toMatch(/^−Rp\s?2\.500$/);
	expect([1.5, -0.5, 0].map((value) => withSign(value, formatNumber(value, 1)))).toEqual([
		'+1,5',
		'−0,5',
		'0'
	]);
});
