import { expect, test } from 'vitest';
import { formatDates } from './format.ts';

test.each([
	['2026-02-16', '2026-02-18', '16–18 Februari 2026'],
	['2026-11-30', '2026-12-04', '30 November–4 Desember 2026'],
	['2026-12-30', '2027-01-02', '30 Desember 2026–2 Januari 2027'],
	['2026-10-12', '2026-10-12', '12 Oktober 2026']
])('%s to %s is said as %s', (from, to, said) => {
	expect(formatDates(from, to).replace(/\s*–\s*/, '–')).toBe(said);
});
