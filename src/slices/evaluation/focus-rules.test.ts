import { describe, expect, test } from 'vitest';
import { agreementIn } from './focus-model.ts';
import { agreementOf, passagesIn, personalLines, seemsPersonal } from './focus-rules.ts';

describe('what was said', () => {
	test('is one passage a line, with the label before a colon', () => {
		expect(
			passagesIn(
				'Peserta 1, kecamatan: Contohnya dari bank.\n\n  “Praktiknya hanya sekali.”  \nKata petugas di loket kami: berkasnya kurang terus setiap hari\r\nP3: “Mesinnya belum ada.”'
			)
		).toEqual([
			{ line: 1, speaker: 'Peserta 1, kecamatan', said: 'Contohnya dari bank.' },
			{ line: 3, speaker: null, said: 'Praktiknya hanya sekali.' },
			{ line: 4, speaker: 'Kata petugas di loket kami', said: 'berkasnya kurang terus setiap hari' },
			{ line: 5, speaker: 'P3', said: 'Mesinnya belum ada.' }
		]);
		expect(passagesIn('Yang paling saya ingat dari dua hari itu adalah: antre itu diukur.')).toEqual([
			{ line: 1, speaker: null, said: 'Yang paling saya ingat dari dua hari itu adalah: antre itu diukur.' }
		]);
		expect(passagesIn('Jam 08:30 sudah penuh.')).toEqual([
			{ line: 1, speaker: null, said: 'Jam 08:30 sudah penuh.' }
		]);
		expect(passagesIn(' \n ')).toEqual([]);
	});

	test.each([
		['NIP saya 198503122010011004', ['number']],
		['NIP 19850312 201001 1 004 ya', ['number']],
		['NIK 1271012345670001', ['number']],
		['hubungi 0812-3456-7890', ['phone']],
		['WA +62 812 3456 7890', ['phone']],
		['kirim ke budi.s@pemko.go.id', ['email']],
		['kata Pak Rahmat jangan', ['name']],
		['Bu Sinaga sabar sekali', ['name']],
		['Bapak Camat setuju, Ibu Lurah juga', []],
		['loket buka jam 08.00 sampai 15.30, 120 orang sehari', []],
		['anggarannya 1.250.000.000 rupiah', []],
		['ibu-ibu antre sejak pagi', []]
	])('that seems to tell who somebody is, is noticed: %s', (text, found) => {
		expect(seemsPersonal(text)).toEqual(found);
	});

	test('says which lines those are, as they were written, empty ones too', () => {
		expect(personalLines(passagesIn('aman\n\nHP 081234567890\naman juga\na@b.id'))).toEqual([3, 5]);
	});
});

describe('two coders', () => {
	const passage = (first: string[], second: string[]) => ({ first: new Set(first), second: new Set(second) });

	test('are compared code by code and over all', () => {
		const found = agreementOf([
			...Array.from({ length: 4 }, () => passage(['a'], ['a'])),
			passage(['a', 'b'], ['a']),
			passage(['b'], ['b']),
			passage([], ['a']),
			...Array.from({ length: 3 }, () => passage([], []))
		]);
		expect(found.passages).toBe(10);
		expect(found.codes.map(({ codeId, both, first, second }) => [codeId, both, first, second])).toEqual([
			['a', 5, 0, 1],
			['b', 1, 1, 0]
		]);
		// a: po .9, pe .5·.6 + .5·.4 = .5; b: po .9, pe .2·.1 + .8·.9 = .74.
		expect(found.codes[0]?.kappa).toBeCloseTo(0.8, 10);
		expect(found.codes[1]?.kappa).toBeCloseTo(0.16 / 0.26, 10);
		expect(found.pooled).toBeCloseTo((0.9 - 0.62) / 0.38, 10);
		expect(agreementIn(JSON.parse(JSON.stringify(found)))).toEqual(found);
	});

	test('who gave no code at all, or one to everything, have no kappa to tell', () => {
		expect(agreementOf([passage([], []), passage([], [])])).toEqual({ passages: 2, pooled: null, codes: [] });
		expect(agreementOf([passage(['a'], ['a'])])).toMatchObject({ pooled: null, codes: [{ kappa: null }] });
		expect(agreementIn({ passages: 'x' })).toBeNull();
		expect(agreementIn(null)).toBeNull();
	});
});
