import { describe, expect, it } from 'vitest';
import { nameOf } from './person-name.ts';

describe('a name as a file writes it', () => {
	it.each([
		['Dr. SITI AMINAH, S.Kom., M.M.', 'Dr.', 'Siti Aminah', 'S.Kom., M.M.'],
		['SITI NURHALIZA', '', 'Siti Nurhaliza', ''],
		['Siti Rahma', '', 'Siti Rahma', ''],
		['drg. Budi Santoso, Sp.KG', 'drg.', 'Budi Santoso', 'Sp.KG'],
		['Ir. H. AHMAD BIN SALEH, M.T.', 'Ir. H.', 'Ahmad bin Saleh', 'M.T.'],
		['Prof.Dr. Andi', 'Prof. Dr.', 'Andi', ''],
		['ROTUA BR. SEMBIRING, S.PD', '', 'Rotua br. Sembiring', 'S.Pd'],
		['MARIA BORU SIMANJUNTAK', '', 'Maria boru Simanjuntak', ''],
		['A. M. NASUTION II', '', 'A. M. Nasution II', ''],
		["MA'RUF AMIN", '', "Ma'ruf Amin", ''],
		["O'NEIL SMITH-JONES", '', "O'Neil Smith-Jones", ''],
		['Budi, Kepala Seksi', '', 'Budi, Kepala Seksi', ''],
		['Nurul Huda, SE, MSi', '', 'Nurul Huda', 'SE, MSi'],
		['Rahmat Nur Iman, A.Md.Kep', '', 'Rahmat Nur Iman', 'A.Md.Kep'],
		['Abdul bin Ali', '', 'Abdul bin Ali', ''],
		['R. Agus', '', 'R. Agus', '']
	])('%s', (text, front, name, back) => {
		expect(nameOf(text)).toMatchObject({ front, name, back });
	});
	it('tells whether its letters’ case says anything', () => {
		expect([nameOf('SITI').shouted, nameOf('Siti').shouted, nameOf('A').shouted]).toEqual([
			true,
			false,
			false
		]);
	});
});
