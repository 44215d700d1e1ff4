import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readFile } from './read-file.ts';

const HEADER = [
	'NIP BARU',
	'NAMA',
	'JENIS JABATAN ID',
	'JABATAN NAMA',
	'TMT JABATAN',
	'UNOR ID',
	'NIK',
	'ALAMAT'
];
const SITI = [
	'198503122010012004',
	'Siti Rahma',
	'4',
	'Pengadministrasi Umum',
	'01-04-2020',
	'u-1',
	'1271000000000001',
	'Jalan Contoh 1'
];
const BUDI = [
	'199001012015011001',
	'Budi',
	'2',
	'Perawat Mahir',
	'01/05/2021',
	'u-1',
	'1271000000000002',
	'Jalan Contoh 2'
];
const csv = (rows: readonly (readonly string[])[], delimiter = ',') =>
	rows.map((row) => row.join(delimiter)).join('\r\n');
const bytes = (text: string) => new TextEncoder().encode(text);
const kept = (row: readonly string[]) => row.slice(0, 6);

async function xlsx(build: (workbook: ExcelJS.Workbook) => void): Promise<Uint8Array> {
	const workbook = new ExcelJS.Workbook();
	build(workbook);
	return new Uint8Array(await workbook.xlsx.writeBuffer());
}

describe('a text file', () => {
	it.each([
		['comma', ','],
		['semicolon, as Indonesian Excel saves', ';'],
		['tab', '\t']
	])('is read with any delimiter: %s', async (_name, delimiter) => {
		const sheet = await readFile(bytes(csv([HEADER, SITI, BUDI], delimiter)));
		expect(sheet.rows).toEqual([
			{ row: 2, cells: kept(SITI) },
			{ row: 3, cells: kept(BUDI) }
		]);
	});

	it.each([
		['UTF-8', (text: string) => Buffer.from(text)],
		['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
		['UTF-16 little endian with a mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
		['UTF-16 little endian without', (text: string) => Buffer.from(text, 'utf16le')],
		['UTF-16 big endian with a mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
		['Windows-1252', (text: string) => Buffer.from(text, 'latin1')]
	])('is read in the encodings of offices: %s', async (_name, encode) => {
		const sheet = await readFile(
			encode(csv([HEADER, ['198503122010012004', 'José Ñuñez', ...SITI.slice(2)]]))
		);
		expect(sheet.rows[0]?.cells[1]).toBe('José Ñuñez');
		expect(sheet.columns.map(({ name }) => name)).toContain('nip_baru');
	});

	it('keeps the whitelisted columns and not one cell of the others', async () => {
		const sheet = await readFile(bytes(csv([HEADER, SITI])));
		expect(sheet.dropped).toEqual(['NIK', 'ALAMAT']);
		expect(JSON.stringify(sheet.rows)).not.toMatch(/1271000000000001|Jalan/);
	});

	it('matches headers in any order, case and spacing', async () => {
		const sheet = await readFile(
			bytes('unor_id,Nama,NipBaru,jabatan nama,TMT_JABATAN,Jenis Jabatan Id\nu-1,Siti,1,Juru,x,4')
		);
		expect(sheet.columns.map(({ name }) => name)).toEqual([
			'unor_id',
			'nama',
			'nip_baru',
			'jabatan_nama',
			'tmt_jabatan',
			'jenis_jabatan_id'
		]);
	});

	it('numbers rows as a spreadsheet does: line breaks in a cell, empty rows and title rows counted', async () => {
		const titles = 'DAFTAR PEGAWAI\r\nKota Contoh\r\n\r\n';
		const sheet = await readFile(
			bytes(
				`${titles}${csv([HEADER, [...SITI.slice(0, 3), '"Pengadministrasi\nUmum"', ...SITI.slice(4)]])}\r\n\r\n${csv([BUDI])}`
			)
		);
		expect(sheet.headerRow).toBe(4);
		expect(sheet.rows.map(({ row }) => row)).toEqual([5, 7]);
		expect(sheet.rows[0]?.cells[3]).toBe('Pengadministrasi Umum');
	});

	it('keeps counting where, after thousands of plain lines, a quoted cell has a line break', async () => {
		const plain = Array.from({ length: 3000 }, () => BUDI);
		const quoted = [...SITI.slice(0, 3), '"Pengadministrasi, ""Umum""\nMuda"', ...SITI.slice(4)];
		const { rows } = await readFile(bytes(csv([HEADER, ...plain, quoted, BUDI])));
		expect(rows).toHaveLength(3002);
		expect(rows.slice(-3)).toEqual([
			{ row: 3001, cells: kept(BUDI) },
			{ row: 3002, cells: kept(SITI).with(3, 'Pengadministrasi, "Umum" Muda') },
			{ row: 3003, cells: kept(BUDI) }
		]);
	});

	it('leaves out totals and the signature under the list, and says how many', async () => {
		const foot = [',TOTAL,,,,,2,', ',,,,,,,', ',"Medan, 1 November 2026",,,,,,', ',,,Kepala BKPSDM,,,,'].join(
			'\r\n'
		);
		const sheet = await readFile(bytes(`${csv([HEADER, SITI, BUDI])}\r\n${foot}`));
		expect(sheet.rows).toHaveLength(2);
		expect(sheet.skipped).toBe(3);
	});

	it('keeps a row in the middle that has no NIP, so that it can be called wrong', async () => {
		const sheet = await readFile(bytes(csv([HEADER, ['', ...SITI.slice(1)], BUDI])));
		expect(sheet.rows).toHaveLength(2);
	});

	it('makes text that the database takes: no control characters, no halves of a letter', async () => {
		const sheet = await readFile(
			bytes(csv([HEADER, ['198503122010012004', ' Siti\u0001\u00A0Rahma\u200B ', ...SITI.slice(2)]]))
		);
		expect(sheet.rows[0]?.cells[1]).toBe('Siti Rahma');
	});

	it('tells units from people by the headers', async () => {
		const sheet = await readFile(bytes('Id;DiatasanId;NamaUnor\nA;;Pemerintah Kota Contoh'));
		expect(sheet.kind).toBe('units');
	});
});

describe('a workbook', () => {
	it('is read with shared strings, rich text, numbers, booleans and the last value of a formula', async () => {
		const file = await xlsx((workbook) => {
			const sheet = workbook.addWorksheet('ASN');
			sheet.addRow(HEADER);
			sheet.addRow([
				SITI[0],
				{ richText: [{ text: 'Siti ' }, { font: { bold: true }, text: 'Rahma' }] },
				4,
				{ formula: 'A1&"x"', result: 'Juru Umum' },
				43922,
				'u-1',
				SITI[6],
				'x'
			]);
		});
		const sheet = await readFile(file);
		expect(sheet).toMatchObject({ sheetName: 'ASN', headerRow: 1 });
		expect(sheet.rows).toEqual([
			{ row: 2, cells: ['198503122010012004', 'Siti Rahma', '4', 'Juru Umum', '43922', 'u-1'] }
		]);
	});

	it('shows a NIP that became a number as one, so that it is refused and not guessed', async () => {
		const file = await xlsx((workbook) => {
			const sheet = workbook.addWorksheet('ASN');
			sheet.addRow(HEADER);
			sheet.addRow([198503122010012004, ...SITI.slice(1)]);
		});
		expect((await readFile(file)).rows[0]?.cells[0]).toBe('1.98503122010012E+17');
	});

	it('reads the first visible sheet that is a list: hidden ones and instructions are passed over', async () => {
		const file = await xlsx((workbook) => {
			workbook.addWorksheet('Lama', { state: 'hidden' }).addRows([HEADER, BUDI]);
			workbook.addWorksheet('Petunjuk').addRow(['Isi lembar berikut']);
			workbook.addWorksheet('Data').addRows([['DAFTAR'], HEADER, SITI]);
		});
		const sheet = await readFile(file);
		expect(sheet).toMatchObject({ sheetName: 'Data', headerRow: 2 });
		expect(sheet.rows).toEqual([{ row: 3, cells: kept(SITI) }]);
	});

	it('counts days from 1904 where the workbook does', async () => {
		const file = await xlsx((workbook) => {
			workbook.properties.date1904 = true;
			workbook.addWorksheet('ASN').addRows([HEADER, [...SITI.slice(0, 4), 43922 - 1462, 'u-1']]);
		});
		expect((await readFile(file)).rows[0]?.cells[4]).toBe('43922');
	});
});
