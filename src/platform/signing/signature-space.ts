/** A PDF with an empty signature in it, and where the signature goes. */
export type SignatureSpace = {
	pdf: Buffer;
	/** Of the file, everything but the hex digits between < and >: [from, length, from, length]. */
	range: readonly [number, number, number, number];
};

export type SpaceFacts = {
	/** Who signs, as their certificate says. */
	name: string;
	reason: string;
	location: string;
	at: Date;
	/** Bytes kept free for the CMS. */
	room: number;
};

/**
 * Adds an empty, invisible signature field as an incremental update (ISO 32000-1 §7.5.6, §12.8): what was there stays
 * byte for byte, so the archived text is untouched. The field has no area, which PDF/A-2 lets be without appearance
 * (ISO 19005-2 §6.3.3). Knows files with a classic cross-reference table, as `renderPdf` makes them; throws on others.
 */
export function spaceForSignature(pdf: Uint8Array, facts: SpaceFacts): SignatureSpace {
	const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
	const text = file.toString('latin1');
	const { offsets, root, info, id, size, startxref } = tableOf(text);
	const object = (number: number): string => objectAt(text, offsets.get(number));
	const catalog = object(root);
	const pageNumber = firstPage(object, reference(catalog, 'Pages'));
	const page = object(pageNumber);
	const [signature, field] = [size, size + 1];
	const start = file.length + (text.endsWith('\n') ? 0 : 1);
	let update = text.endsWith('\n') ? '' : '\n';
	const placed = new Map<number, number>();
	const put = (number: number, body: string) => {
		placed.set(number, file.length + Buffer.byteLength(update, 'latin1'));
		update += `${number} 0 obj\n${body}\nendobj\n`;
	};
	put(root, withEntry(catalog, `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`));
	put(pageNumber, withAnnotation(page, `${field} 0 R`));
	put(
		field,
		`<< /Type /Annot /Subtype /Widget /FT /Sig /T (Tanda tangan) /V ${signature} 0 R /P ${pageNumber} 0 R /Rect [0 0 0 0] /F 132 >>`
	);
	const blank = `/ByteRange [0 ${'*'.repeat(10)} ${'*'.repeat(10)} ${'*'.repeat(10)}]`;
	put(
		signature,
		`<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (${pdfDate(facts.at)}) /Name ${pdfText(facts.name)} ` +
			`/Reason ${pdfText(facts.reason)} /Location ${pdfText(facts.location)} ${blank} /Contents <${'0'.repeat(facts.room * 2)}> >>`
	);
	const xref = file.length + update.length;
	update += 'xref\n';
	for (const [number, offset] of [...placed].toSorted(([a], [b]) => a - b))
		update += `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
	update += `trailer\n<< /Size ${size + 2} /Root ${root} 0 R${info === null ? '' : ` /Info ${info} 0 R`}${id === null ? '' : ` /ID ${id}`} /Prev ${startxref} >>\nstartxref\n${xref}\n%%EOF\n`;
	const opens = start - (text.endsWith('\n') ? 0 : 1) + update.indexOf('/Contents <') + '/Contents '.length;
	const closes = opens + facts.room * 2 + 2;
	const range = [0, opens, closes, file.length + update.length - closes] as const;
	const real = `/ByteRange [${range.join(' ')}]`;
	return {
		pdf: Buffer.concat([file, Buffer.from(update.replace(blank, real.padEnd(blank.length)), 'latin1')]),
		range
	};
}

/** Everything that is signed. */
export const signedBytes = ({ pdf, range: [a, b, c, d] }: SignatureSpace): Buffer =>
	Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]);

/** The file with the signature in its place. Throws when it is longer than the room kept free. */
export function withSignature({ pdf, range: [, opens, closes] }: SignatureSpace, cms: Uint8Array): Buffer {
	const room = closes - opens - 2;
	const digits = Buffer.from(cms).toString('hex');
	if (digits.length > room)
		throw new RangeError(`a signature of ${cms.length} bytes in a room of ${room / 2}`);
	const signed = Buffer.from(pdf);
	signed.write(digits.padEnd(room, '0'), opens + 1, 'latin1');
	return signed;
}

function tableOf(text: string) {
	const startxref = Number(/startxref\s+(\d+)\s+%%EOF\s*$/u.exec(text)?.[1]);
	const table = /^xref\s+/u.exec(text.slice(startxref, startxref + 20));
	if (!table) throw new Error('no classic cross-reference table');
	const trailerAt = text.indexOf('trailer', startxref);
	const trailer = text.slice(trailerAt);
	const offsets = new Map<number, number>();
	let next = 0;
	for (const line of text.slice(startxref + table[0].length, trailerAt).split(/\r?\n/u)) {
		const entry = /^(\d{10}) \d{5} ([nf])/u.exec(line);
		if (entry) {
			if (entry[2] === 'n') offsets.set(next, Number(entry[1]));
			next += 1;
		} else next = Number(/^(\d+) \d+/u.exec(line)?.[1] ?? next);
	}
	const number = (key: string) => new RegExp(`/${key} (\\d+)`, 'u').exec(trailer)?.[1];
	const info = number('Info');
	return {
		offsets,
		startxref,
		size: Number(number('Size')),
		root: Number(number('Root')),
		info: info === undefined ? null : Number(info),
		id: /\/ID (\[(?:[^\\\]]|\\.)*\])/u.exec(trailer)?.[1] ?? null
	};
}

function objectAt(text: string, offset: number | undefined): string {
	const body =
		offset === undefined ? null : /^\d+ 0 obj\s*([^]*?)\s*endobj/u.exec(text.slice(offset, offset + 20_000));
	if (!body?.[1]?.endsWith('>>')) throw new Error(`no dictionary at ${offset}`);
	return body[1];
}

function reference(dictionary: string, key: string): number {
	const number = new RegExp(`/${key} \\[?\\s*(\\d+) 0 R`, 'u').exec(dictionary)?.[1];
	if (number === undefined) throw new Error(`no /${key}`);
	return Number(number);
}

const firstPage = (object: (number: number) => string, number: number): number =>
	/\/Type \/Pages\b/u.test(object(number)) ? firstPage(object, reference(object(number), 'Kids')) : number;

const withEntry = (dictionary: string, entry: string): string => `${dictionary.slice(0, -2)}${entry}\n>>`;

const withAnnotation = (page: string, annotation: string): string =>
	/\/Annots \[[^\]]*\]/u.test(page)
		? page.replace(/\/Annots \[([^\]]*)\]/u, `/Annots [$1 ${annotation}]`)
		: withEntry(page, `/Annots [${annotation}]`);

/** UTF-16 in hex, so that no letter of a name needs escaping. */
const pdfText = (text: string): string =>
	`<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

const pdfDate = (at: Date): string => `D:${at.toISOString().replace(/[-:T]/gu, '').slice(0, 14)}+00'00'`;
