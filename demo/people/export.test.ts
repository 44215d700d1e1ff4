import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAgency } from './agency.ts';
import { csvText, writeCsv, writeXlsx } from './sheets.ts';
import { asnTable, unorTable } from './siasn.ts';
import { ASN_COLUMNS, headerText } from './siasn-columns.ts';
import type { AsnColumn } from './siasn-columns.ts';

const agency = makeAgency('palembang');
const table = asnTable(agency);
const column = (name: AsnColumn) => table.rows.map((row) => row[ASN_COLUMNS.indexOf(name)] ?? '');

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'asah-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the SIASN export', () => {
	it("has all 66 columns in the export's order, with its header text", () => {
		expect(ASN_COLUMNS).toHaveLength(66);
		expect(table.header.slice(0, 4)).toEqual(['PNS ID', 'NIP BARU', 'NIP LAMA', 'NAMA']);
		expect(table.header.slice(-3)).toEqual(['SATUAN KERJA KERJA NAMA', 'IS VALID NIK', 'NAMA SEKOLAH']);
		expect(table.header).toEqual(ASN_COLUMNS.map(headerText));
		expect(table.rows).toHaveLength(300);
		for (const row of table.rows) expect(row).toHaveLength(66);
	});

	it("writes dates dd-mm-yyyy, SIASN's ids, and leaves blank what a PPPK has not", () => {
		for (const date of [...column('tanggal_lahir'), ...column('tmt_jabatan'), ...column('tmt_cpns')]) {
			expect(date).toMatch(/^\d{2}-\d{2}-\d{4}$/);
		}
		expect(new Set(column('jenis_jabatan_id'))).toEqual(new Set(['1', '2', '4']));
		expect(new Set(column('jenis_kelamin'))).toEqual(new Set(['M', 'F']));
		agency.people.forEach((person, index) => {
			if (person.kind === 'PPPK')
				expect([column('tmt_pns')[index], column('status_cpns_pns')[index]]).toEqual(['', 'PPPK']);
		});
	});

	it('carries no number, address or mail that anybody could own', () => {
		for (const nik of column('nik')) expect(nik).toMatch(/^0000\d{12}$/);
		for (const phone of column('nomor_hp')) expect(phone).toMatch(/^\+62000/);
		for (const address of column('alamat')) expect(address).toMatch(/^Jalan Contoh No\. /);
		for (const mail of [...column('email'), ...column('email_gov')]) expect(mail).toMatch(/\.invalid$/);
	});

	it('names only units of the unit table, and heads who are in the list', () => {
		const units = unorTable(agency);
		const ids = new Set(units.rows.map(([id]) => id));
		for (const unit of column('unor_id')) expect(ids.has(unit)).toBe(true);
		const people = new Set(column('pns_id'));
		for (const row of units.rows)
			expect(people.has(row[units.header.indexOf('PemimpinPnsId')] ?? '')).toBe(true);
	});

	it('is byte for byte the same from the same seed', async () => {
		await writeCsv(join(folder, 'asn.csv'), asnTable(makeAgency('palembang')));
		const written = await readFile(join(folder, 'asn.csv'), 'utf8');
		expect(written).toBe(csvText(table));
		expect(written.endsWith('\r\n')).toBe(true);
	});

	it('says the same in XLSX, every cell as text', async () => {
		const path = join(folder, 'asn.xlsx');
		await writeXlsx(path, 'ASN', table);
		const workbook = new ExcelJS.Workbook();
		await workbook.xlsx.readFile(path);
		const rows = workbook.worksheets[0]?.getRows(1, 301) ?? [];
		const cells = rows.map((row) => ASN_COLUMNS.map((_, index) => row.getCell(index + 1).value ?? ''));
		expect(cells).toEqual([table.header, ...table.rows]);
	});
});
