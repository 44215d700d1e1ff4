import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { readFile } from './read-file.ts';
import { zipOf } from './test-zip.ts';

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
const csv = (rows: readonly (readonly string[])[], delimiter = ',') =>
	rows.map((row) => row.join(delimiter)).join('\r\n');
const bytes = (text: string) => new TextEncoder().encode(text);

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
			code: 'people.import.missingColumns',
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
		expect(await refusal(zipOf(files))).toMatchObject({ code, params });
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
