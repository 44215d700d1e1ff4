import { describe, expect, test } from 'vitest';
import { gradeWithRank, PNS_GRADES, PPPK_GRADES, readGrade } from './grades.ts';

describe('a grade is read', () => {
	test('there are seventeen grades of PNS and seventeen of PPPK', () => {
		expect(PNS_GRADES).toHaveLength(17);
		expect(PPPK_GRADES).toHaveLength(17);
		expect(PPPK_GRADES.at(-1)?.name).toBe('XVII');
	});

	test('every one comes back from its own name, and a PNS grade from SIASN’s id too', () => {
		for (const grade of [...PNS_GRADES, ...PPPK_GRADES]) expect(readGrade(grade.name)).toBe(grade);
		for (const grade of PNS_GRADES) expect(readGrade(grade.siasnId)).toBe(grade);
	});

	test.each(['III/c', 'iii/C', ' III / c ', '33'])('%j is Penata', (text) => {
		expect(readGrade(text)).toEqual({ kind: 'PNS', siasnId: '33', name: 'III/c', rank: 'Penata' });
	});

	test('a bare numeral belongs to a PPPK, for a PNS always has a letter', () => {
		expect(readGrade('III')).toEqual({ kind: 'PPPK', name: 'III' });
		expect(readGrade('ix')).toEqual({ kind: 'PPPK', name: 'IX' });
	});

	test.each([
		['Penata Tk.I (III/d)', 'III/d'],
		['Penata Tingkat I, III/d', 'III/d'],
		['III/d - Penata Tk. I', 'III/d'],
		['Gol. III.d', 'III/d'],
		['IVa', 'IV/a'],
		['Golongan Ruang II-c', 'II/c'],
		['PEMBINA UTAMA MUDA', 'IV/c'],
		['Penata Muda Tk. I', 'III/b'],
		['Gol IX', 'IX']
	])('%j is %s', (text, name) => {
		expect(readGrade(text)?.name).toBe(name);
	});

	test.each([
		'III/a atau III/b',
		'Penata (III/e)',
		'Diploma',
		'',
		'III/e',
		'V/a',
		'15',
		'46',
		'9',
		'3c',
		'XVIII',
		'IIII',
		'-'
	])('%j is no grade', (text) => {
		expect(readGrade(text)).toBeNull();
	});
});

describe('a grade is written', () => {
	test.each([
		['11', 'Juru Muda (I/a)'],
		['24', 'Pengatur Tingkat I (II/d)'],
		['34', 'Penata Tingkat I (III/d)'],
		['43', 'Pembina Utama Muda (IV/c)'],
		['45', 'Pembina Utama (IV/e)'],
		['X', 'X']
	])('%s stands on a certificate as %s', (text, written) => {
		const grade = readGrade(text);
		expect(grade && gradeWithRank(grade)).toBe(written);
	});
});
