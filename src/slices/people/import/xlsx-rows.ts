import { SaxesParser } from 'saxes';
import type { FileRow } from './find-header.ts';
import { refuseFile } from './sheet.ts';
import { entryText, newBudget, type Budget, type ZipEntry, zipEntries } from './zip-entries.ts';

export type WorkbookSheet = { name: string; rows: () => AsyncGenerator<FileRow> };
export type Workbook = { date1904: boolean; macros: boolean; sheets: WorkbookSheet[] };

const MAX_COLUMNS = 1000;
/** Excel's own limit for one cell; a writer's cell that is longer is cut. */
const MAX_CELL = 32_767;
/** Characters of all shared texts: those of 150,000 people × 66 columns are fewer. */
const MAX_SHARED = 120_000_000;

/**
 * The visible sheets of an .xlsx in the order of their tabs, each read as a stream: never the whole workbook in memory,
 * and no temporary files, which would put NIK and addresses on disk. Only what a cell shows is read: a formula's last
 * value, a number's digits; links to other workbooks, macros and what else lies in the zip is never opened. Refuses what is no workbook, by name where it can be told.
 * @source ECMA-376 part 1, §18.2 (workbook), §18.3 (sheets), §18.4 (shared strings)
 */
export async function openWorkbook(zip: Buffer): Promise<Workbook> {
	const entries = zipEntries(zip);
	const budget = newBudget();
	const book = entries.get('xl/workbook.xml');
	if (!book) throw refuseFile(...notAWorkbook(entries));
	const sheets: { name: string; rel: string }[] = [];
	let date1904 = false;
	await eachTag(zip, budget, book, (name, of) => {
		if (name === 'workbookPr') date1904 = ['1', 'true'].includes(of('date1904'));
		if (name === 'sheet' && !['hidden', 'veryHidden'].includes(of('state')))
			sheets.push({ name: of('name'), rel: of('id') });
	});
	const targets = new Map<string, string>();
	const rels = entries.get('xl/_rels/workbook.xml.rels');
	if (rels)
		await eachTag(
			zip,
			budget,
			rels,
			(name, of) => void (name === 'Relationship' && targets.set(of('Id'), of('Target')))
		);
	let strings: Promise<string[]> | undefined;
	return {
		date1904,
		macros: [...entries.keys()].some((name) => /vbaProject\.bin$/i.test(name)),
		sheets: sheets.flatMap(({ name, rel }) => {
			const target = targets.get(rel) ?? '';
			const entry = entries.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
			if (!entry) return [];
			const rows = async function* () {
				strings ??= sharedStrings(zip, budget, entries.get('xl/sharedStrings.xml'));
				yield* sheetRows(zip, budget, entry, await strings);
			};
			return [{ name, rows }];
		})
	};
}

function notAWorkbook(
	entries: ReadonlyMap<string, ZipEntry>
): [code: string, params: Record<string, string>] {
	const names = [...entries.keys()];
	if (entries.has('xl/workbook.bin')) return ['people.import.saveAsXlsx', { found: '.xlsb' }];
	if (names.some((name) => name.startsWith('word/'))) return ['people.import.wrongType', { found: 'Word' }];
	if (names.some((name) => name.startsWith('ppt/')))
		return ['people.import.wrongType', { found: 'PowerPoint' }];
	if (entries.has('content.xml')) return ['people.import.saveAsXlsx', { found: '.ods' }];
	return ['people.import.wrongType', { found: 'ZIP' }];
}

/** Prefixes (`x:row`, `r:id`) are a writer's taste; the local name tells. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

type Attribute = (name: string) => string;
type Handlers = {
	open: (name: string, attribute: Attribute) => void;
	close?: (name: string) => void;
	text?: (text: string) => void;
};

/** A parser that reads pieces; XML that is none is refused as a damaged file. No entity of a DTD is ever expanded. */
function parserFor(handlers: Handlers): SaxesParser {
	const parser = new SaxesParser({ xmlns: false, position: false });
	parser.on('opentag', (tag) => {
		const attribute = (name: string): string => {
			const direct = tag.attributes[name];
			if (direct !== undefined) return String(direct);
			const prefixed = Object.keys(tag.attributes).find((key) => local(key) === name);
			return prefixed === undefined ? '' : String(tag.attributes[prefixed]);
		};
		handlers.open(local(tag.name), attribute);
	});
	parser.on('closetag', (tag) => handlers.close?.(local(tag.name)));
	parser.on('text', (text) => handlers.text?.(text));
	parser.on('cdata', (text) => handlers.text?.(text));
	parser.on('error', () => {
		throw refuseFile('people.import.unreadable');
	});
	return parser;
}

async function eachTag(zip: Buffer, budget: Budget, entry: ZipEntry, open: Handlers['open']): Promise<void> {
	const parser = parserFor({ open });
	for await (const piece of entryText(zip, entry, budget)) parser.write(piece);
	parser.close();
}

/** Texts that cells point to. Text in `rPh` says how to pronounce East Asian names and is not what the cell shows. */
async function sharedStrings(zip: Buffer, budget: Budget, entry: ZipEntry | undefined): Promise<string[]> {
	const strings: string[] = [];
	let characters = 0;
	if (!entry) return strings;
	let text = '';
	let inText = false;
	let inPhonetic = false;
	const parser = parserFor({
		open: (name) => {
			if (name === 'si') text = '';
			else if (name === 't') inText = true;
			else if (name === 'rPh') inPhonetic = true;
		},
		close: (name) => {
			if (name === 'si') {
				strings.push(text);
				if ((characters += text.length) > MAX_SHARED) throw refuseFile('people.import.bomb');
			} else if (name === 't') inText = false;
			else if (name === 'rPh') inPhonetic = false;
		},
		text: (part) => {
			if (inText && !inPhonetic && text.length < MAX_CELL) text += part;
		}
	});
	for await (const piece of entryText(zip, entry, budget)) parser.write(piece);
	parser.close();
	return strings;
}

async function* sheetRows(
	zip: Buffer,
	budget: Budget,
	entry: ZipEntry,
	strings: readonly string[]
): AsyncGenerator<FileRow> {
	let ready: FileRow[] = [];
	let row: FileRow = { row: 0, cells: [] };
	let cell = { at: -1, type: '', text: '', reading: false };
	const parser = parserFor({
		open: (name, attribute) => {
			if (name === 'row') row = { row: Number(attribute('r')) || row.row + 1, cells: [] };
			else if (name === 'c')
				cell = { at: columnOf(attribute('r'), cell.at + 1), type: attribute('t'), text: '', reading: false };
			else if (name === 'v' || name === 't') cell.reading = true;
		},
		close: (name) => {
			if (name === 'v' || name === 't') cell.reading = false;
			else if (name === 'c') {
				if (cell.at < MAX_COLUMNS && cell.text !== '')
					put(row.cells, cell.at, shown(cell.type, cell.text, strings));
			} else if (name === 'row') {
				ready.push(row);
				cell.at = -1;
			}
		},
		text: (part) => {
			if (cell.reading && cell.text.length < MAX_CELL) cell.text += part;
		}
	});
	for await (const piece of entryText(zip, entry, budget)) {
		parser.write(piece);
		if (ready.length === 0) continue;
		const rows = ready;
		ready = [];
		yield* rows;
	}
	parser.close();
	yield* ready;
}

function put(cells: string[], at: number, text: string): void {
	while (cells.length < at) cells.push('');
	cells[at] = text;
}

/** 'BN14' → 65; a writer may leave the reference out, then it is the next cell. */
function columnOf(reference: string, next: number): number {
	let column = 0;
	for (let at = 0; at < reference.length; at++) {
		const letter = reference.charCodeAt(at) - 64;
		if (letter < 1 || letter > 26) break;
		column = column * 26 + letter;
	}
	return column === 0 ? next : column - 1;
}

function shown(type: string, text: string, strings: readonly string[]): string {
	if (type === 's') {
		const shared = strings[Number(text)];
		// Reading it as empty would empty what is known.
		if (shared === undefined) throw refuseFile('people.import.unreadable');
		return shared;
	}
	if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
	if (type !== '' && type !== 'n') return text;
	const value = Number(text);
	if (!Number.isFinite(value)) return text;
	// From 16 digits on a number was rounded when it was typed: it is shown as a spreadsheet shows it (1.98E+17), which
	// tells so, however the writer spelt it.
	return Math.abs(value) < 1e15 ? String(value) : value.toExponential().toUpperCase();
}
