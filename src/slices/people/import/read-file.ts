import { AppError } from '#kernel/errors.ts';
import { csvRows } from './csv-rows.ts';
import { decodeText, fileKindOf } from './file-kind.ts';
import { collectSheet, refuseFile, type Sheet } from './sheet.ts';
import { openWorkbook } from './xlsx-rows.ts';

export const MAX_FILE_MB = 50;

/**
 * Reads a staff list or unit table, recognised by its content and never by its name: CSV or TSV in any usual encoding,
 * or XLSX. Works in small pieces, so that a city's file does not hold up other requests.
 * Refuses, as the field `file`: too large, empty, another kind of file (named), damaged, no header, columns missing.
 */
export async function readFile(bytes: Uint8Array): Promise<Sheet> {
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
			return readWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
		case 'text': {
			const text = decodeText(bytes);
			if (text === null) throw refuseFile('people.import.wrongType', { found: 'biner' });
			return collectSheet({ name: '', rows: csvRows(text) });
		}
	}
}

export const tooLarge = (): AppError => new AppError('tooLarge', 'kernel.tooLarge', { maximum: MAX_FILE_MB });

/** The first visible sheet that is a list; a sheet of instructions before it is passed over. */
async function readWorkbook(zip: Buffer): Promise<Sheet> {
	let first: unknown;
	try {
		const { sheets, date1904 } = await openWorkbook(zip);
		for (const { name, rows } of sheets) {
			try {
				return await collectSheet({ name, rows: rows(), date1904 });
			} catch (error) {
				if (!(error instanceof AppError) || error.issues[0]?.code === 'people.import.tooManyRows')
					throw error;
				// Columns missing says more than no header at all.
				if (
					first === undefined ||
					codeOf(first) === 'people.import.noHeader' ||
					codeOf(first) === 'people.import.emptyFile'
				)
					first = error;
			}
		}
	} catch (error) {
		if (error instanceof AppError) throw error;
		// Whatever else breaks in unpacking is the file's damage: zlib and the XML parser have no refusal of their own.
		throw refuseFile('people.import.unreadable');
	}
	throw first ?? refuseFile('people.import.emptyFile');
}

const codeOf = (error: unknown): string | undefined =>
	error instanceof AppError ? error.issues[0]?.code : undefined;
