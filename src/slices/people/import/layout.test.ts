import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readFile } from './read-file.ts';

/** How offices lay out their lists: two-line headers, other words, several kinds. */
const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\r\n'));
const SITI = ['198503122010012004', 'Siti Rahma', '4', 'Pengadministrasi Umum', '01-04-2020', 'u-1'];

async function xlsx(build: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
	const workbook = new ExcelJS.Workbook();
	build(workbook.addWorksheet('Data'));
	return new Uint8Array(await workbook.xlsx.writeBuffer());
}

describe('a header', () => {
	it('may take two lines, the upper one merged over several columns', async () => {
		const file = await xlsx((sheet) => {
			sheet.addRow(['DAFTAR PEGAWAI']);
			sheet.addRow(['NIP BARU', 'NAMA', 'Jabatan', '', '', 'UNOR']);
			sheet.addRow(['', '', 'Jenis Jabatan ID', 'Nama', 'TMT', 'ID']);
			sheet.addRow(SITI);
			sheet.mergeCells('A2:A3');
			sheet.mergeCells('C2:E2');
		});
		const read = await readFile(file);
		expect(read).toMatchObject({ kind: 'people', headerRow: 3 });
		expect(read.columns.map(({ name }) => name)).toEqual([
			'nip_baru',
			'nama',
			'jenis_jabatan_id',
			'jabatan_nama',
			'tmt_jabatan',
			'unor_id'
		]);
		expect(read.rows).toEqual([{ row: 4, cells: SITI }]);
	});

	it('that stands twice is read once, and the other is named', async () => {
		const read = await readFile(
			bytes(
				'NIP,NIP,NAMA,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID',
				`1,2,${SITI.slice(1).join(',')}`
			)
		);
		expect(read.doubled).toEqual(['NIP']);
		expect(read.rows[0]?.cells[0]).toBe('1');
	});

	it('counts more under its own name than under an alias', async () => {
		const read = await readFile(
			bytes('NIP,NIP BARU,NAMA,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID', `alt,${SITI.join(',')}`)
		);
		expect(read.doubled).toEqual(['NIP']);
		expect(read.rows[0]?.cells[0]).toBe(SITI[0]);
	});

	it.each([
		[
			'performance',
			'No|NIP|Nama|Tahun|Hasil Kerja|Perilaku|Predikat Kinerja',
			'1|1|A|2025|Sesuai|Sesuai|Baik'
		],
		[
			'education',
			'NIP|Nama|Jenjang Pendidikan|Program Studi|Tahun Lulus|Nama Sekolah',
			'1|A|S1|Hukum|2010|Contoh'
		],
		[
			'posts',
			'NIP|Nama|Jenis Jabatan ID|Nama Jabatan|TMT|TMT Selesai|UNOR ID',
			'1|A|4|Juru|01-01-2010|01-01-2015|u-1'
		],
		['units', 'ID|DIATASAN_ID|NAMA UNOR', 'a||Pemerintah']
	])('tells the kind: %s, with bars between cells', async (kind, header, row) => {
		expect((await readFile(bytes(header, row))).kind).toBe(kind);
	});

	it('of a SIASN export without the unit is still that of people, not of education', async () => {
		await expect(
			readFile(
				bytes(
					'NIP BARU,NAMA,GELAR DEPAN,GELAR BELAKANG,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,TINGKAT PENDIDIKAN NAMA,PENDIDIKAN NAMA,TAHUN LULUS',
					'1,A,,,4,Juru,01-01-2010,S-1,Hukum,2010'
				)
			)
		).rejects.toMatchObject({
			issues: [{ code: 'people.import.missingColumns', params: { columns: 'unor_id' } }]
		});
	});
});

describe('what stands under a list', () => {
	it('is left out though it stands in the column of the NIP', async () => {
		const rows = (...under: string[]) =>
			readFile(
				bytes(
					'NIP,NAMA,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID',
					SITI.join(','),
					'Jumlah,22 orang,,3,,',
					...under
				)
			);
		const read = await rows(
			'"Medan, 27 November 2026"',
			'Kepala Badan',
			'',
			'Ir. Budi',
			'NIP. 19700101 199503 1 001'
		);
		expect(read.rows.map(({ row }) => row)).toEqual([2]);
		expect(read.skipped).toBe(5);
	});

	it('is left out where the count stands in the place of the key', async () => {
		const read = await readFile(
			bytes(
				'No.,PNS ID,NIP,NAMA,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID',
				`1,p-1,${SITI.join(',')}`,
				',JUMLAH,"1.234",,,,,',
				',,,,,,,"Medan, 27 November 2026"'
			)
		);
		expect(read.rows.map(({ row }) => row)).toEqual([2]);
		expect(read.skipped).toBe(2);
	});

	it('is no total and no signature where a row is merely wrong', async () => {
		const read = await readFile(
			bytes(
				'NIP,NAMA,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID',
				'Siti Rahma,198503122010012004,4,Pengadministrasi Umum,01-04-2020,u-1',
				'19850312 201001 2 004,,,,,'
			)
		);
		expect(read.rows.map(({ row }) => row)).toEqual([2, 3]);
	});
});

describe('a workbook', () => {
	it('named .xls or .csv is still one, and other sheets are named', async () => {
		const workbook = new ExcelJS.Workbook();
		workbook.addWorksheet('Satu').addRows([
			['NIP', 'TAHUN', 'PREDIKAT'],
			[SITI[0], 2025, 'Baik']
		]);
		workbook.addWorksheet('Dua').addRow(['lain']);
		const read = await readFile(new Uint8Array(await workbook.xlsx.writeBuffer()));
		expect(read).toMatchObject({
			kind: 'performance',
			sheetName: 'Satu',
			otherSheets: ['Dua'],
			macros: false
		});
	});

	it('with dates as dates and days since 1904 with a time keeps the day', async () => {
		const workbook = new ExcelJS.Workbook();
		workbook.properties.date1904 = true;
		workbook.addWorksheet('A').addRows([
			['NIP', 'JENIS JABATAN ID', 'NAMA JABATAN', 'TMT', 'TMT AKHIR', 'UNOR ID'],
			['1', 2, 'x', 42460.5, '', 'u']
		]);
		expect((await readFile(new Uint8Array(await workbook.xlsx.writeBuffer()))).rows[0]?.cells[3]).toBe(
			'43922.5'
		);
	});
});
