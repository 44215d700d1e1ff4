import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import ExcelJS from 'exceljs';
import type { Table } from './siasn.ts';

const ROWS_A_CHUNK = 1000;
const NEEDS_QUOTES = /[",\r\n]/;

/** RFC 4180: comma, CRLF, quotes only where a cell needs them. UTF-8, no byte order mark. */
export function csvText(table: Table): string {
	return [table.header, ...table.rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** Writes the same text as `csvText`, a thousand rows at a time. */
export async function writeCsv(path: string, table: Table): Promise<void> {
	const file = createWriteStream(path);
	file.write(csvText({ header: table.header, rows: [] }));
	for (let from = 0; from < table.rows.length; from += ROWS_A_CHUNK) {
		const rows = table.rows.slice(from, from + ROWS_A_CHUNK);
		if (!file.write(rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')))
			await once(file, 'drain');
	}
	file.end();
	await once(file, 'finish');
}

/** One sheet of text cells, written as a stream: long digits stay text, as an honest export keeps them. */
export async function writeXlsx(path: string, sheetName: string, table: Table): Promise<void> {
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
		filename: path,
		useStyles: false,
		useSharedStrings: false,
		zip: { zlib: { level: 3 } }
	});
	const sheet = workbook.addWorksheet(sheetName);
	sheet.addRow([...table.header]).commit();
	for (const row of table.rows) sheet.addRow([...row]).commit();
	sheet.commit();
	await workbook.commit();
}

function csvCell(cell: string): string {
	return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
