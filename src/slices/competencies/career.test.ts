import { describe, expect, test } from 'vitest';
import { nextPost } from './career.ts';

describe('the next post in the same line', () => {
	test.each([
		['Kepala Subbagian Keuangan', '05', '04', null],
		['Camat', '04', '03', null],
		['Pengadministrasi Umum', '06', '05', null],
		['Perawat Terampil', '12', '13', 'Perawat Mahir'],
		['Perawat Mahir', '13', '14', 'Perawat Penyelia'],
		['Guru Ahli Pertama', '21', '22', 'Guru Ahli Muda'],
		['Dokter Ahli Madya', '23', '24', 'Dokter Ahli Utama'],
		['Analis Muda Ahli Muda', '22', '23', 'Analis Muda Ahli Madya'],
		['Guru', '21', '22', null]
	])('of %s (%s) is level %s', (title, level, next, nextTitle) => {
		expect(nextPost({ title, level })).toMatchObject({ level: next, title: nextTitle });
	});

	test.each([
		['Perawat Penyelia', '14'],
		['Dokter Ahli Utama', '24'],
		['Sekretaris Negara', '01'],
		['Wali Kota', '00']
	])('%s (%s) has none: another line has to be chosen', (title, level) => {
		expect(nextPost({ title, level })).toBeNull();
	});
});
