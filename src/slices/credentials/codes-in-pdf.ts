import { inflateSync } from 'node:zlib';

const CODE =
	/\/verify\/([a-z][a-z0-9-]{1,30})\/([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})/gu;

export type PrintedCode = { agency: string; code: string; home: string };

/**
 * The addresses of certificates that stand in a PDF as links, also after another program has packed its objects into
 * streams. In the order of the file, each once; `home` is what stands before it.
 */
export function codesInPdf(pdf: Uint8Array): PrintedCode[] {
	const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
	const found = new Map<string, PrintedCode>();
	const look = (text: string) => {
		for (const match of text.matchAll(CODE)) {
			const [, agency = '', code = ''] = match;
			const home =
				/https?:\/\/[\w.:-]+$/u.exec(text.slice(Math.max(0, match.index - 200), match.index))?.[0] ?? '';
			if (!found.has(code)) found.set(code, { agency, code, home });
		}
	};
	const text = file.toString('latin1');
	look(text);
	if (found.size > 0) return [...found.values()];
	for (const { index } of text.matchAll(/\/FlateDecode[^]{0,400}?stream\r?\n/gu)) {
		const from = text.indexOf('stream', index + 12);
		const start = text[from + 6] === '\r' ? from + 8 : from + 7;
		look(inflated(file.subarray(start, text.indexOf('endstream', start))));
	}
	return [...found.values()];
}

/** Two megabytes at most: a page is far less, and a small file could else unpack to the whole memory. */
function inflated(bytes: Buffer): string {
	try {
		return inflateSync(bytes, { maxOutputLength: 2_000_000 }).toString('latin1');
	} catch {
		return '';
	}
}
