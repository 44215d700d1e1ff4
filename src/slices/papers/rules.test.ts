import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PAPER_NEXT, PAPER_STATUSES } from './model.ts';
import { numberOf, paperStep, patternProblem, signatoryOn, signingLines } from './rules.ts';

const PATTERN = '800.2.3/{no:000}/BKPSDM/{bulanRomawi}/{tahun}';

describe('a number', () => {
	test.each([
		[PATTERN, 42, '800.2.3/042/BKPSDM/XI/2026'],
		[PATTERN, 1234, '800.2.3/1234/BKPSDM/XI/2026'],
		['{no}/{tanggal}-{bulan}-{tahun}', 7, '7/26-11-2026'],
		// A draft: the code of the archive keeps its zeros.
		[PATTERN, null, '800.2.3/…/BKPSDM/XI/2026']
	])('by %s of %s reads %s', (pattern, counter, number) => {
		expect(numberOf(pattern, counter, '2026-11-26')).toBe(number);
	});
	test.each([
		['800/BKPSDM/{tahun}', 'papers.number.noCounter'],
		['800/{no}/BKPSDM', 'papers.number.noYear'],
		['800/{no}/{bulen}/{tahun}', 'papers.number.unknownToken'],
		['800/{no}/{tahun}<b>', 'papers.number.oddSign'],
		[PATTERN, null]
	])('pattern %s is judged %s', (pattern, problem) => {
		expect(patternProblem(pattern)).toBe(problem);
	});
	test('of two papers of one year is never the same by a pattern that is allowed', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }), { minLength: 2, maxLength: 2 }),
				fc.constantFrom('2026-01-01', '2026-12-31'),
				([one = 1, other = 2], on) => {
					expect(numberOf(PATTERN, one, on)).not.toBe(numberOf(PATTERN, other, on));
				}
			)
		);
	});
});

test.each(PAPER_STATUSES.flatMap((from) => PAPER_STATUSES.map((to) => [from, to] as const)))(
	'a paper that is %s becomes %s only when the table of statuses says so',
	(from, to) => {
		if (PAPER_NEXT[from].includes(to)) expect(paperStep(from, to)).toEqual({ status: to });
		else expect(() => paperStep(from, to)).toThrow(/papers\.paper\./u);
	}
);

describe('who signs', () => {
	const head = {
		kind: null,
		capacity: 'definitive' as const,
		post: 'Kepala BKPSDM',
		ownPost: '',
		validFrom: '2024-01-01',
		validTo: null
	};
	const acting = { ...head, capacity: 'plt' as const, validFrom: '2026-03-01', validTo: '2026-06-01' };
	const clerk = { ...head, kind: 'invitation', capacity: 'an' as const, ownPost: 'Sekretaris' };
	const rows = [head, acting, clerk];
	test.each([
		['before the acting head', 'report', '2026-02-28', head],
		['while somebody acts', 'report', '2026-03-01', acting],
		['on the last day of acting', 'report', '2026-05-31', acting],
		['on the day it ends', 'report', '2026-06-01', head],
		['a kind with a signatory of its own', 'invitation', '2026-04-01', clerk]
	])('%s', (_, kind, on, expected) => {
		expect(signatoryOn(rows, kind, on)).toBe(expected);
	});
	test('nobody before the first', () => {
		expect(signatoryOn(rows, 'report', '2023-12-31')).toBeUndefined();
	});
	test('stands above the name as the office writes it', () => {
		expect([head, acting, { ...head, capacity: 'plh' as const }, clerk].map(signingLines)).toEqual([
			['Kepala BKPSDM,'],
			['Plt. Kepala BKPSDM,'],
			['Plh. Kepala BKPSDM,'],
			['a.n. Kepala BKPSDM', 'Sekretaris,']
		]);
	});
});
