import { inflateSync } from 'node:zlib';

/** What a reader of the PDF gets, one entry a page: each run of text on its own line. */
export type ReadBack = {
	readonly pages: readonly string[];
	/** Every dictionary of the file and its XMP metadata, as written. */
	readonly structure: string;
};

/**
 * Reads the text of a PDF back through its fonts' ToUnicode tables, for tests: what is drawn, not what was asked for.
 * Knows the plain objects and TJ/Tj text that `renderPdf` makes; no general PDF reader.
 */
export function readBack(pdf: Uint8Array): ReadBack {
	const objects = objectsOf(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
	const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\n/u.test(dictionary));
	return {
		pages: pages.map(({ dictionary }) => textOf(dictionary, objects)),
		structure: [...objects.values()]
			.map(({ dictionary, stream }) => dictionary + (dictionary.includes('/Metadata') ? stream : ''))
			.join('\n')
	};
}

type PdfObject = {
	readonly dictionary: string;
	/** As Latin-1, a character a byte; XMP metadata as UTF-8. */
	readonly stream: string;
};

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
	const source = pdf.toString('latin1');
	const objects = new Map<string, PdfObject>();
	const start = /(?<=\n)(\d+) 0 obj\n/gu;
	for (let match = start.exec(source); match; match = start.exec(source)) {
		const from = start.lastIndex;
		const streamAt = source.indexOf('\nstream\n', from);
		const endAt = source.indexOf('endobj', from);
		const hasStream = streamAt !== -1 && streamAt < endAt;
		const dictionary = source.slice(from, hasStream ? streamAt + 1 : endAt);
		let stream = '';
		if (hasStream) {
			const begin = streamAt + '\nstream\n'.length;
			const length = Number(/\/Length (\d+)/u.exec(dictionary)?.[1]);
			const bytes = pdf.subarray(begin, begin + length);
			if (dictionary.includes('/FlateDecode')) stream = inflateSync(bytes).toString('latin1');
			else stream = bytes.toString(dictionary.includes('/Metadata') ? 'utf8' : 'latin1');
			start.lastIndex = begin + length;
		}
		objects.set(match[1] ?? '', { dictionary, stream });
	}
	return objects;
}

function textOf(page: string, objects: ReadonlyMap<string, PdfObject>): string {
	const fonts = new Map<string, ReadonlyMap<number, string>>();
	for (const [, name = '', id = ''] of page.matchAll(/\/(f\d+) (\d+) 0 R/gu)) {
		const table = /\/ToUnicode (\d+)/u.exec(objects.get(id)?.dictionary ?? '')?.[1] ?? '';
		fonts.set(name, lettersOf(objects.get(table)?.stream ?? ''));
	}
	const content = objects.get(/\/Contents (\d+)/u.exec(page)?.[1] ?? '')?.stream ?? '';
	const runs: string[] = [];
	for (const [, font = '', shown = ''] of content.matchAll(
		/\nBT\n[^]*?\/(f\d+) [\d.]+ Tf\n([^]*?)\nET\n/gu
	)) {
		const letters = fonts.get(font) ?? new Map<number, string>();
		const bytes = stringsOf(shown);
		const codes = Array.from(
			{ length: bytes.length / 2 },
			(_, i) => bytes.charCodeAt(2 * i) * 256 + bytes.charCodeAt(2 * i + 1)
		);
		runs.push(codes.map((code) => letters.get(code) ?? '\u{fffd}').join(''));
	}
	return runs.join('\n');
}

function lettersOf(cmap: string): ReadonlyMap<number, string> {
	const letters = new Map<number, string>();
	for (const [, glyph = '', text = ''] of cmap.matchAll(/<([\dA-F]{4})> <((?:[\dA-F]{4})+)>\n/gu)) {
		letters.set(Number.parseInt(glyph, 16), Buffer.from(text, 'hex').swap16().toString('utf16le'));
	}
	return letters;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The bytes of all literal strings, joined. Brackets that balance stand in them unescaped (ISO 32000-1 §7.3.4.2). */
function stringsOf(operators: string): string {
	let bytes = '';
	let depth = 0;
	for (const [token, octal, escaped] of operators.matchAll(/\\([0-7]{1,3})|\\([^])|[^]/gu)) {
		if (token === ')') depth -= 1;
		if (depth > 0) {
			if (octal) bytes += String.fromCharCode(Number.parseInt(octal, 8));
			else bytes += escaped ? (ESCAPES[escaped] ?? escaped) : token;
		}
		if (token === '(') depth += 1;
	}
	return bytes;
}
