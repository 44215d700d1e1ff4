import { AppError } from '#kernel/errors.ts';
import { csvRows } from './csv-rows.ts';
import { decodeText, fileKindOf } from './file-kind.ts';
import { HEADER_WITHIN, usualReading, type FileRow, type Reading } from './find-header.ts';
import './own-shapes.ts';
import { collectSheet, refuseFile, type Sheet } from './sheet.ts';
import { openWorkbook } from './xlsx-rows.ts';

export const MAX_FILE_MB = 50;

type OpenFile = {
	date1904: boolean;
	macros: boolean;
	/** Visible ones, in the order of their tabs; a text file is one without a name. */
	sheets: { name: string; rows: () => AsyncIterable<FileRow> }[];
};

/**
 * Opens a file, recognised by its content and never by its name: CSV or TSV in any usual encoding, or XLSX. Refuses, as
 * the field `file`: too large, empty, another kind of file (named), damaged.
 */
async function openFile(bytes: Uint8Array, how: Reading): Promise<OpenFile> {
	if (bytes.length > MAX_FILE_MB * 1024 * 1024) throw tooLarge();
	const found = fileKindOf(bytes);
	switch (found.kind) {
		case 'empty':
			throw refuseFile('people.import.emptyFile');
		case 'oldExcel':
			throw refuseFile('people.import.saveAsXlsx', { found: '.xls' });
		case 'lockedExcel':
			throw refuseFile('people.import.locked');
		case 'html':
			throw refuseFile('people.import.saveAsXlsx', { found: 'HTML' });
		case 'other':
			throw refuseFile('people.import.wrongType', { found: found.called });
		case 'zip':
			return openWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
		case 'text': {
			const text = decodeText(bytes);
			if (text === null) throw refuseFile('people.import.wrongType', { found: 'biner' });
			return { date1904: false, macros: false, sheets: [{ name: '', rows: () => csvRows(text, how) }] };
		}
	}
}

export const tooLarge = (): AppError => new AppError('tooLarge', 'kernel.tooLarge', { maximum: MAX_FILE_MB });

/**
 * Reads a list of any kind that the office takes, in small pieces, so that a city's file does not hold up other requests.
 * Of several sheets the first one that is a list; a sheet of instructions before it is passed over. Refuses, as the field
 * `file`, what can't be opened, and: no header, columns missing, nothing under the header.
 */
export const readFile = (bytes: Uint8Array, how: Reading = usualReading()): Promise<Sheet> =>
	whole(async () => {
		const { sheets, date1904, macros } = await openFile(bytes, how);
		let first: unknown;
		for (const { name, rows } of sheets) {
			try {
				const sheet = await collectSheet({ name, rows: rows(), date1904 }, how);
				const otherSheets = sheets.map((other) => other.name.slice(0, 200)).filter((other) => other !== name);
				return { ...sheet, otherSheets: otherSheets.slice(0, 300), macros };
			} catch (error) {
				if (!(error instanceof AppError) || FINAL.includes(codeOf(error) ?? '')) throw error;
				// Columns missing says more than no header at all.
				if (first === undefined || SAYS_LITTLE.includes(codeOf(first) ?? '')) first = error;
			}
		}
		throw first ?? refuseFile('people.import.emptyFile');
	});

/** The first rows of the first sheet that has any, to be shown where no header was recognised. */
export const readTop = (bytes: Uint8Array, how: Reading = usualReading()): Promise<FileRow[]> =>
	whole(async () => {
		for (const { rows } of (await openFile(bytes, how)).sheets) {
			const top: FileRow[] = [];
			for await (const row of rows()) {
				if (row.cells.some((cell) => cell.trim() !== '')) top.push(row);
				if (top.length === HEADER_WITHIN + 5) break;
			}
			if (top.length > 0) return top;
		}
		throw refuseFile('people.import.emptyFile');
	});

const FINAL = ['people.import.tooManyRows', 'people.import.bomb'];
const SAYS_LITTLE = ['people.import.noHeader', 'people.import.emptyFile'];

/** Whatever else breaks in unpacking is the file's damage: zlib and the XML parser have no refusal of their own. */
async function whole<T>(read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof AppError) throw error;
		throw refuseFile('people.import.unreadable');
	}
}

export const codeOf = (error: unknown): string | undefined =>
	error instanceof AppError ? error.issues[0]?.code : undefined;
