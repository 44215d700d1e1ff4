import { csvRows } from './csv-rows.ts';
import { decodeText, fileKindOf } from './file-kind.ts';
import { tooLarge } from './read-file.ts';
import type { FileRow } from './find-header.ts';
import { refuseFile } from './sheet.ts';
import { openWorkbook } from './xlsx-rows.ts';

const MAX_TABLE_MB = 10;
const MAX_TABLE_ROWS = 20_000;

/**
 * Any small table of another room: the rows of a CSV, or of the first visible sheet of a workbook, as text. Read by the
 * same streams as a staff list, with the same refusals (as the field `file`), `most` rows at most; formulas give their value and nothing runs.
 */
export async function readTable(bytes: Uint8Array, most = MAX_TABLE_ROWS): Promise<FileRow[]> {
	if (bytes.length > MAX_TABLE_MB * 1024 * 1024) throw tooLarge();
	const found = fileKindOf(bytes);
	if (found.kind === 'empty') throw refuseFile('people.import.emptyFile');
	if (found.kind === 'lockedExcel') throw refuseFile('people.import.locked');
	if (found.kind === 'oldExcel') throw refuseFile('people.import.saveAsXlsx', { found: '.xls' });
	if (found.kind === 'html') throw refuseFile('people.import.saveAsXlsx', { found: 'HTML' });
	if (found.kind === 'other') throw refuseFile('people.import.wrongType', { found: found.called });
	if (found.kind === 'zip') {
		const { sheets } = await openWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
		const [first] = sheets;
		if (first === undefined) throw refuseFile('people.import.emptyFile');
		return gathered(first.rows(), most);
	}
	const text = decodeText(bytes);
	if (text === null) throw refuseFile('people.import.wrongType', { found: 'biner' });
	return gathered(csvRows(text), most);
}

async function gathered(rows: AsyncIterable<FileRow>, most: number): Promise<FileRow[]> {
	const all: FileRow[] = [];
	for await (const row of rows) {
		if (row.cells.every((cell) => cell.trim() === '')) continue;
		if (all.push(row) > most) throw refuseFile('people.import.tooManyRows', { maximum: most });
	}
	return all;
}
