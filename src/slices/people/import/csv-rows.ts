import { setImmediate } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { findHeader, usualReading, type FileRow, type Reading } from './find-header.ts';
import { refuseFile } from './sheet.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Characters handed to the parser at a time: a few milliseconds of work, then others have their turn. */
const PIECE = 64 * 1024;
/** And lines at most: short ones cost more than their letters. */
const LINES = 2000;
const OPTIONS = { relax_column_count: true, relax_quotes: true, skip_empty_lines: false } as const;

/** The character between cells: the one under which the first lines read best as a header. */
export function delimiterOf(text: string, how: Reading = usualReading()): string {
	// Cut after a whole line, so that the sample does not end inside quotes more often than it must.
	const head = text.slice(0, PIECE);
	let best: { delimiter: string; kept: number; width: number } = { delimiter: ',', kept: 0, width: 0 };
	for (const delimiter of DELIMITERS) {
		const rows: FileRow[] = firstRecords(head, delimiter).map((cells, at) => ({ row: at + 1, cells }));
		const kept = findHeader(rows, how)?.reading.kept.length ?? 0;
		const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
		if (kept > best.kept || (kept === best.kept && width > best.width)) best = { delimiter, kept, width };
	}
	return best.delimiter;
}

function firstRecords(head: string, delimiter: string): string[][] {
	const records: string[][] = [];
	try {
		parseNow(head, {
			...OPTIONS,
			delimiter,
			to: 15,
			on_record: (record: string[]) => {
				records.push(record);
				return null;
			}
		});
	} catch (error) {
		// A quote left open at the cut is no fault of the file; what was read before it is what counts here.
		if (!(error instanceof CsvError)) throw error;
	}
	return records;
}

async function* piecesOf(text: string): AsyncGenerator<string> {
	for (let from = 0; from < text.length;) {
		// Streams move in microtasks; without this pause a large file would hold up every other request.
		await setImmediate();
		let to = Math.min(text.length, from + PIECE);
		let lines = 0;
		for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1))
			if (++lines === LINES) to = at + 1;
		yield text.slice(from, to);
		from = to;
	}
}

/** Records of a CSV or TSV as a spreadsheet numbers them: a cell with line breaks is one row, an empty line is one too. */
export async function* csvRows(text: string, how: Reading = usualReading()): AsyncGenerator<FileRow> {
	const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
	const delimiter = delimiterOf(body, how);
	const newline = /\r\n|\n|\r/.exec(body)?.[0] ?? '\n';
	const plain = beforeQuotes(body, newline);
	let row = 0;
	// As far as nothing is quoted a line is a record; the parser, which weighs every letter, takes ten times as long for it.
	for (let from = 0; from < plain;) {
		await setImmediate();
		const until = Math.min(plain, from + PIECE);
		for (let lines = 0; from < until && lines < LINES; lines++) {
			const end = body.indexOf(newline, from);
			const line = body.slice(from, end === -1 ? plain : end);
			yield { row: ++row, cells: line.split(delimiter) };
			from += line.length + newline.length;
		}
	}
	if (plain === body.length) return;
	// A quoted first line may hold line breaks: then the parser finds out what ends a line.
	const ends = plain === 0 ? {} : { record_delimiter: newline };
	const records = Readable.from(piecesOf(body.slice(plain))).pipe(parse({ ...OPTIONS, ...ends, delimiter }));
	const before = row;
	try {
		for await (const record of records) yield { row: ++row, cells: cellsOf(record) };
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		// The parser is ahead of what was handed out here; it knows how many records it had read.
		const read: unknown = Reflect.get(error, 'records');
		throw refuseFile('people.import.openQuote', {
			row: (typeof read === 'number' ? before + read : row) + 1
		});
	}
}

/** Where the first line with a quote begins. */
function beforeQuotes(body: string, newline: string): number {
	const quote = body.indexOf('"');
	if (quote === -1) return body.length;
	const end = body.lastIndexOf(newline, quote);
	return end === -1 ? 0 : end + newline.length;
}

// Named narrowing: without a `columns` option csv-parse gives every record as a list of strings.
const cellsOf = (record: unknown): string[] => (Array.isArray(record) ? record.map(String) : []);
