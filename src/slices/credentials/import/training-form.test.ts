import { expect, test } from 'vitest';
import { formOf } from './training-form.ts';

test.each([
	['Diklat Struktural', '', 'KL01'],
	['PKP', '', 'KL01'],
	['Diklat Teknis', 'Bimbingan Teknis', 'KL03'],
	['Bimbingan Teknis', '', 'KL10'],
	['Workshop Kepemimpinan', '', 'KL07'],
	['Webinar', '', 'KL06'],
	['Diklat Fungsional', 'Penjenjangan', 'KL04'],
	['Lainnya', 'Sosialisasi', 'KL11'],
	['', 'MOOC', 'NK03'],
	['7', '', 'KL11'],
	['16.0', '', 'NK03'],
	['09', '', 'KL06'],
	['nk07', '', 'NK07'],
	['Pelatihan', '', null],
	['', '', null]
])('“%s / %s” is %s', (kind, subKind, form) => {
	expect(formOf(kind, subKind)).toBe(form);
});
