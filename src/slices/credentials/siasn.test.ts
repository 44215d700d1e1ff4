import { expect, test } from 'vitest';
import { cellsOf, lacksOf, SIASN_COLUMNS, siasnRow, type HandedOver } from './siasn.ts';

const record = (parts: Partial<HandedOver> = {}): HandedOver => ({
	entryId: 'e',
	personExternalId: 'A8ACA7',
	nip: '198503122010011004',
	name: 'Ani',
	form: 'KL07',
	kindId: 4,
	title: 'Lokakarya Arsip',
	provider: 'LAN RI',
	number: '12/LAN/2026',
	startsOn: '2026-03-02',
	endsOn: '2026-03-04',
	year: 2026,
	learningHours: 15,
	leadershipLevel: null,
	...parts
});

test('a course in SIASN’s names, days first', () => {
	expect(siasnRow(record())).toEqual({
		institusiPenyelenggara: 'LAN RI',
		jenisDiklatId: '4',
		jenisKursusSertipikat: 'P',
		jumlahJam: '15',
		namaKursus: 'Lokakarya Arsip',
		nomorSertipikat: '12/LAN/2026',
		pnsOrangId: 'A8ACA7',
		tahunKursus: '2026',
		tanggalKursus: '02-03-2026',
		tanggalSelesaiKursus: '04-03-2026'
	});
});

test.each([
	['KL04', 'F'],
	['KL03', 'T'],
	['NK03', 'P']
])('the certificate of %s is of kind %s', (form, kind) => {
	expect(siasnRow(record({ form }))['jenisKursusSertipikat']).toBe(kind);
});

test('leadership training goes the other way, with its own id', () => {
	const row = siasnRow(record({ form: 'KL01', kindId: 1, leadershipLevel: '04', learningHours: 905.5 }));
	expect(row).toMatchObject({
		latihanStrukturalId: '3',
		jumlahJam: '905',
		nomor: '12/LAN/2026',
		tahun: '2026'
	});
	expect(cellsOf('diklat', row)).toHaveLength(SIASN_COLUMNS.diklat.length);
});

test('cells stand under their columns, empty where only SIASN knows', () => {
	const cells = cellsOf('kursus', siasnRow(record()));
	expect(cells[SIASN_COLUMNS.kursus.indexOf('pnsOrangId')]).toBe('A8ACA7');
	expect(cells[SIASN_COLUMNS.kursus.indexOf('id')]).toBe('');
});

test.each<[string, Partial<HandedOver>, string[]]>([
	['whole', {}, []],
	['of somebody without SIASN id', { personExternalId: null }, ['person']],
	['without number and provider', { number: ' ', provider: '' }, ['number', 'provider']],
	['leadership training of no known level', { form: 'KL01' }, ['leadership']],
	['half an hour', { learningHours: 0.5 }, ['hours']]
])('what a record lacks that is %s', (_, parts, lacks) => {
	expect(lacksOf(record(parts))).toEqual(lacks);
});
