import { setImmediate } from 'node:timers/promises';
import { PassThrough } from 'node:stream';
import ExcelJS from 'exceljs';

export type MarkedRow = {
	row: number;
	cells: readonly string[];
	/** What is wrong with which column, or merely odd, in words. */
	marks: readonly { column: string; reason: string; mend: string; warning: boolean }[];
};
export type MarkedFile = {
	sheetName: string;
	headerRow: number;
	columns: readonly { name: string; header: string }[];
	/** Headers of the two columns that explain. */
	words: { reason: string; mend: string };
	rows: AsyncIterable<readonly MarkedRow[]>;
};

const fill = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const WRONG = fill('FFF8C9C4');
const ODD = fill('FFFBE6B5');
const HEAD = fill('FFE6E6F5');

/**
 * The file given back: the columns that Asah keeps, every row where it stood, wrong cells coloured with a note, and two
 * columns that say what is wrong and how to mend it. Every cell is text, so that nothing in it is ever run as a formula,
 * long numbers keep their digits and codes their zeros. Written as a stream, in pieces.
 */
export async function markedWorkbook({
	sheetName,
	headerRow,
	columns,
	words,
	rows
}: MarkedFile): Promise<Buffer> {
	const stream = new PassThrough();
	const chunks: Buffer[] = [];
	stream.on('data', (chunk: Buffer) => chunks.push(chunk));
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
		stream,
		useStyles: true,
		useSharedStrings: false
	});
	const sheet = workbook.addWorksheet(tabName(sheetName), {
		views: [{ state: 'frozen', ySplit: Math.max(1, headerRow) }]
	});
	sheet.columns = [
		...columns.map(({ header }) => ({ width: Math.min(36, Math.max(12, header.length + 2)) })),
		{ width: 60 },
		{ width: 60 }
	].map((column) => ({ ...column, style: { numFmt: '@' } }));
	const head = sheet.getRow(Math.max(1, headerRow));
	[...columns.map(({ header }) => header), words.reason, words.mend].forEach((text, at) => {
		const cell = head.getCell(at + 1);
		cell.value = text;
		cell.font = { bold: true };
		cell.fill = HEAD;
	});
	head.commit();
	const places = new Map(columns.map(({ name }, at) => [name, at + 1]));
	for await (const slice of rows) {
		for (const row of slice) writeRow(sheet.getRow(row.row), row, places);
		await setImmediate();
	}
	sheet.commit();
	await workbook.commit();
	return Buffer.concat(chunks);
}

function writeRow(line: ExcelJS.Row, { cells, marks }: MarkedRow, places: ReadonlyMap<string, number>): void {
	cells.forEach((text, at) => {
		if (text === '') return;
		line.getCell(at + 1).value = text;
	});
	for (const { column, reason, mend, warning } of marks) {
		const cell = line.getCell(places.get(column) ?? 1);
		cell.fill = warning ? ODD : WRONG;
		cell.note = `${reason}\n${mend}`;
	}
	if (marks.length > 0) {
		line.getCell(places.size + 1).value = marks.map(({ reason }) => reason).join('\n');
		line.getCell(places.size + 2).value = marks.map(({ mend }) => mend).join('\n');
	}
	line.commit();
}

/** Excel's rules for names of sheets. */
const tabName = (name: string): string =>
	name
		.replace(/[[\]*?:/\\]/g, ' ')
		.slice(0, 31)
		.trim() || 'Data';
