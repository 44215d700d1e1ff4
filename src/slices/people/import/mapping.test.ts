import { describe, expect, it } from 'vitest';
import { askMapping, chosenMapping, mayBeKept, tooFewColumns } from './mapping.ts';
import { readFile, readTop } from './read-file.ts';
import { allShapes, NOTHING_LEARNED } from './shape.ts';

const FILE = new TextEncoder().encode(
	[
		'LAPORAN KINERJA',
		'Nomor Pokok,Nama Lengkap,Thn,Nilai Akhir,NIK,No HP,Kode Lain',
		'198503122010012004,Siti,2025,Baik,1271000000000001,081234567890,1271000000000002',
		'199001012015011001,Budi,2025,Baik,1271000000000003,081234567891,1271000000000004'
	].join('\r\n')
);

describe('headers that nobody knows', () => {
	it('are asked about with their first values, but not those of data that may not be kept', async () => {
		const asked = askMapping(await readTop(FILE), NOTHING_LEARNED, 'performance');
		expect(asked).toMatchObject({ kind: 'performance', headerRow: 2, missing: ['nip', 'tahun'] });
		expect(asked.columns.map(({ header, allowed, means }) => [header, allowed, means])).toEqual([
			['Nomor Pokok', true, 'nip'],
			['Nama Lengkap', true, 'nama'],
			['Thn', true, 'tahun'],
			['Nilai Akhir', true, null],
			['NIK', false, null],
			['No HP', false, null],
			// Sixteen digits are a NIK whatever the header says.
			['Kode Lain', false, null]
		]);
		expect(asked.columns[0]?.samples).toEqual(['198503122010012004', '199001012015011001']);
		expect(JSON.stringify(asked)).not.toMatch(/12710000|0812345/);
	});

	it('tell the kind of file, and which column is probably which', async () => {
		const top = await readTop(
			new TextEncoder().encode(
				[
					'No Induk,Pendidikan Akhir,Program Studi Akhir,Lulus',
					'19850312 201001 2 004,S1,Hukum,2008',
					'198501012010011001,S2,Hukum,2010'
				].join('\r\n')
			)
		);
		const asked = askMapping(top, NOTHING_LEARNED);
		expect(asked.kind).toBe('education');
		expect(asked.columns.map(({ means }) => means)).toEqual(['nip', null, 'pendidikan_nama', 'tahun_lulus']);
	});

	it('are understood once they were explained', async () => {
		const learned = new Map([
			[
				'performance',
				new Map([
					['nomorpokok', 'nip'],
					['thn', 'tahun'],
					['nilaiakhir', 'predikat']
				])
			]
		]);
		const read = await readFile(FILE, { shapes: allShapes(), learned });
		expect(read.kind).toBe('performance');
		expect(read.columns.map(({ name }) => name)).toEqual(['nip', 'nama', 'tahun', 'predikat']);
		expect(read.rows[0]?.cells).toEqual(['198503122010012004', 'Siti', '2025', 'Baik']);
	});

	it('of a letter are not asked about: no pairing could make a list of it', async () => {
		const asked = async (text: string) =>
			askMapping(
				await readTop(new TextEncoder().encode(text), { shapes: allShapes(), learned: NOTHING_LEARNED }),
				NOTHING_LEARNED
			);
		expect(tooFewColumns(await asked('Dengan hormat,\r\nterlampir.\r\n'))).toBe(true);
		expect(tooFewColumns(await asked('Nomor Pokok,Nama,Jabatan,Kantor\r\n1,Siti,Staf,Dinas\r\n'))).toBe(
			false
		);
	});

	it('may not mean the same column twice', () => {
		expect(chosenMapping({ a: 'nip', b: 'nip', c: '' }).twice).toBe('nip');
		expect(chosenMapping({ a: 'nip', b: 'tahun' })).toEqual({
			learned: { a: 'nip', b: 'tahun' },
			twice: null
		});
	});

	it.each([
		['NIK', [], false],
		['Nomor_NPWP', [], false],
		['Alamat Rumah', [], false],
		['AGAMA NAMA', [], false],
		['Email', [], false],
		['Kolom', ['siti@gmail.com'], false],
		['Kolom', ['+62 812 3456 7890'], false],
		['Unit Kerja', ['Dinas'], true],
		['Nama', ['Siti'], true]
	])('%s with %j may be kept: %s', (header, values, may) => expect(mayBeKept(header, values)).toBe(may));
});
