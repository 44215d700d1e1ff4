import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
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

const refusal = async (file: Uint8Array) => {
	const error = await readFile(file).then(
		() => undefined,
		(thrown: unknown) => thrown
	);
	if (!(error instanceof AppError)) throw new Error(`not refused: ${String(error)}`);
	return error.kind === 'tooLarge' ? { code: error.code, params: error.params } : error.issues[0];
};

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
		expect((await readFile(file)).rows[0]?.cells[0]).toMatch(/^1985031220100120(04|00)$|E\+?17$/);
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

describe('a file that is no list', () => {
	const pdf = bytes('%PDF-1.7 …');
	const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	const ole = new Uint8Array([
		0xd0,
		0xcf,
		0x11,
		0xe0,
		0xa1,
		0xb1,
		0x1a,
		0xe1,
		...new Array<number>(600).fill(0)
	]);
	const locked = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]);

	it.each([
		['an empty file', new Uint8Array(), 'people.import.emptyFile', {}],
		['only blank lines', bytes('\uFEFF \r\n\r\n'), 'people.import.emptyFile', {}],
		['a PDF', pdf, 'people.import.wrongType', { found: 'PDF' }],
		['a picture', png, 'people.import.wrongType', { found: 'PNG' }],
		['an old Excel file', ole, 'people.import.saveAsXlsx', { found: '.xls' }],
		['an Excel file with a password', locked, 'people.import.locked', {}],
		[
			'a web page named .xls',
			bytes('<html><table><tr><td>NIP'),
			'people.import.saveAsXlsx',
			{ found: 'HTML' }
		],
		[
			'random bytes',
			new Uint8Array([1, 0, 0, 7, 0, 9, 200, 0, 0, 0]),
			'people.import.wrongType',
			{ found: 'biner' }
		],
		['text without headers', bytes('halo\napa kabar'), 'people.import.noHeader', {}],
		['headers and nothing else', bytes(csv([HEADER])), 'people.import.noRows', {}],
		[
			'a quote that never closes',
			bytes(`${csv([HEADER])}\r\n"198503122010012004,x\r\n`),
			'people.import.openQuote',
			{ row: 2 }
		]
	])('is refused by what is wrong: %s', async (_name, file, code, params) => {
		expect(await refusal(file)).toMatchObject({ code, params });
	});

	it('names the columns that are missing', async () => {
		expect(await refusal(bytes('NIP BARU,NAMA,JABATAN NAMA\n1,2,3'))).toEqual({
			path: 'file',
			code: 'people.import.missingColumns.people',
			params: { columns: 'jenis_jabatan_id, tmt_jabatan, unor_id' }
		});
	});

	it.each([
		['a plain zip', { 'foto.jpg': 'x' }, 'people.import.wrongType', { found: 'ZIP' }],
		['a Word file', { 'word/document.xml': 'x' }, 'people.import.wrongType', { found: 'Word' }],
		['an .xlsb file', { 'xl/workbook.bin': 'x' }, 'people.import.saveAsXlsx', { found: '.xlsb' }],
		['an .ods file', { 'content.xml': 'x' }, 'people.import.saveAsXlsx', { found: '.ods' }],
		[
			'a workbook whose XML is broken',
			{ 'xl/workbook.xml': '<workbook><sheets></book>' },
			'people.import.unreadable',
			{}
		]
	])('is refused by name inside a zip: %s', async (_name, files, code, params) => {
		expect(await refusal(zip(files))).toMatchObject({ code, params });
	});

	it('is refused when it was cut off', async () => {
		const file = await xlsx((workbook) => void workbook.addWorksheet('ASN').addRows([HEADER, SITI]));
		expect(await refusal(file.subarray(0, file.length - 200))).toMatchObject({
			code: 'people.import.unreadable'
		});
	});

	it('is refused above 50 MB with the limit named', async () => {
		expect(await refusal(new Uint8Array(51 * 1024 * 1024))).toEqual({
			code: 'kernel.tooLarge',
			params: { maximum: 50 }
		});
	});
});

/** A zip made by hand, as small as the format allows. */
function zip(files: Record<string, string>): Buffer {
	const parts: Buffer[] = [];
	const central: Buffer[] = [];
	let offset = 0;
	for (const [name, text] of Object.entries(files)) {
		const packed = deflateRawSync(Buffer.from(text));
		const local = Buffer.alloc(30);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt16LE(8, 8);
		local.writeUInt16LE(name.length, 26);
		const entry = Buffer.alloc(46);
		entry.writeUInt32LE(0x02014b50, 0);
		entry.writeUInt16LE(8, 10);
		entry.writeUInt32LE(packed.length, 20);
		entry.writeUInt32LE(text.length, 24);
		entry.writeUInt16LE(name.length, 28);
		entry.writeUInt32LE(offset, 42);
		parts.push(local, Buffer.from(name), packed);
		central.push(entry, Buffer.from(name));
		offset += 30 + name.length + packed.length;
	}
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(Object.keys(files).length, 10);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, ...central, end]);
}
