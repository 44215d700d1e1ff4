import { expect, test } from 'vitest';
import { latihanStrukturalId, leadershipLevelOf } from './leadership.ts';

test.each([
	['Pelatihan Kepemimpinan Pengawas (PKP) Angkatan IV', '05'],
	['PKA Angkatan II', '04'],
	['Pelatihan Kepemimpinan Administrator', '04'],
	['Pelatihan Kepemimpinan Nasional Tingkat II', '03'],
	['PKN Tk. I', '02'],
	['Diklat PIM IV', '05'],
	['Diklatpim Tingkat III', '04'],
	['Diklat Kepemimpinan Tk. II', '03'],
	['PIM TINGKAT I', '02'],
	['SPAMA', '04'],
	['ADUM', '05'],
	['Pelatihan Kepemimpinan', null],
	['Pimpinan III yang baik', null]
])('%s is for level %s', (title, level) => {
	expect(leadershipLevelOf(title)).toBe(level);
});

test('SIASN knows each by its own id', () => {
	expect(['05', '04', '03', '02', '06'].map(latihanStrukturalId)).toEqual(['2', '3', '4', '5', null]);
});
