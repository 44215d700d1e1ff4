import { expect, test } from 'vitest';
import type { Indicator } from '../model.ts';
import type { Verdict } from '../verdict.ts';
import { formatFixed } from '#platform/i18n/format.ts';
import { pRelation, signed, verdictWords } from './words.ts';

const verdict: Verdict = {
	verdict: 'better',
	messageKey: 'impact.verdict.better',
	params: { change: 3.2, size: 3.2, lowest: 1.1, highest: 5.3, level: 0.95, treated: 8, comparison: 9 },
	cautions: [],
	claim: 'compared'
};
const indicator = (name: string, better: Indicator['better']): Indicator => ({
	id: 'x',
	code: 'x',
	name,
	unitOfMeasure: 'poin',
	better
});

test.each(['Indeks Kepuasan Masyarakat', 'IKM', 'rata-rata menit antre'])(
	'the verdict names an indicator as it is written: %s',
	(name) => {
		const { sentence } = verdictWords(verdict, indicator(name, 'higher'));
		expect(sentence).toContain(`“${name}” di 8 unit yang dilatih 3,2 poin lebih tinggi`);
	}
);

test('where all are trained in the end, nothing is compared with no units', () => {
	const { sentence } = verdictWords(
		{ ...verdict, claim: 'starts', params: { ...verdict.params, comparison: 0 } },
		indicator('IKM', 'higher')
	);
	expect(sentence).toContain('daripada yang diperkirakan dari unit yang belum dilatih pada bulan yang sama');
});

test('figures below zero carry a minus, not a hyphen', () => {
	expect([formatFixed(-6.0741, 3), formatFixed(6.0741, 3), signed(-0.5)]).toEqual([
		'−6,074',
		'6,074',
		'−0,50'
	]);
});

test('a p value carries one sign of relation', () => {
	expect([pRelation(0.0143), pRelation(1e-9)]).toEqual(['= 0,0143', '< 0,0001']);
});
