/** What the bytes are, whatever the file's name says. `other` carries what to call it. */
export type FileKind =
	| { kind: 'empty' }
	| { kind: 'text' }
	| { kind: 'zip' }
	| { kind: 'oldExcel' }
	| { kind: 'lockedExcel' }
	| { kind: 'html' }
	| { kind: 'other'; called: string };

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const SIGNATURES: readonly (readonly [called: string, bytes: readonly number[]])[] = [
	['PDF', [0x25, 0x50, 0x44, 0x46]],
	['PNG', [0x89, 0x50, 0x4e, 0x47]],
	['JPEG', [0xff, 0xd8, 0xff]],
	['GIF', [0x47, 0x49, 0x46, 0x38]],
	['RAR', [0x52, 0x61, 0x72, 0x21]],
	['7z', [0x37, 0x7a, 0xbc, 0xaf]],
	['gzip', [0x1f, 0x8b]],
	['RTF', [0x7b, 0x5c, 0x72, 0x74, 0x66]]
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
	start.every((byte, at) => bytes[at] === byte);

export function fileKindOf(bytes: Uint8Array): FileKind {
	if (bytes.length === 0) return { kind: 'empty' };
	if (startsWith(bytes, [0x50, 0x4b])) return { kind: 'zip' };
	if (startsWith(bytes, OLE)) {
		// A workbook with a password is an OLE file too; its parts are named in UTF-16.
		const locked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
			'EncryptedPackage',
			0,
			'utf16le'
		);
		return { kind: locked ? 'lockedExcel' : 'oldExcel' };
	}
	const known = SIGNATURES.find(([, start]) => startsWith(bytes, start));
	if (known) return { kind: 'other', called: known[0] };
	const head = decodeText(bytes.subarray(0, 4096));
	if (head === null) return { kind: 'other', called: 'biner' };
	if (head.trim() === '') return bytes.length <= 4096 ? { kind: 'empty' } : { kind: 'text' };
	// Many staff systems hand out a web page that is merely named .xls.
	if (/^\s*(<!doctype html|<html|<table|<meta|<\?xml)/i.test(head)) return { kind: 'html' };
	return { kind: 'text' };
}

/**
 * Text in the encodings that offices send: UTF-8 or UTF-16 with or without a byte order mark, else Windows-1252.
 * Null when it is no text at all.
 */
export function decodeText(bytes: Uint8Array): string | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	const head = bytes.subarray(0, 2000);
	const zeros = { even: 0, odd: 0 };
	head.forEach((byte, at) => {
		if (byte === 0) zeros[at % 2 === 0 ? 'even' : 'odd']++;
	});
	// Latin letters in UTF-16 have a zero beside each; a byte of text is never zero.
	const half = head.length / 2;
	if (zeros.odd > 0.4 * half && zeros.even < 0.1 * half) return new TextDecoder('utf-16le').decode(bytes);
	if (zeros.even > 0.4 * half && zeros.odd < 0.1 * half) return new TextDecoder('utf-16be').decode(bytes);
	if (zeros.even + zeros.odd > 0) return null;
	return isUtf8(bytes)
		? new TextDecoder('utf-8').decode(bytes)
		: new TextDecoder('windows-1252').decode(bytes);
}

function isUtf8(bytes: Uint8Array): boolean {
	// A cut in the middle of a letter (the first 4 kB of a file) is no fault of the text.
	let end = bytes.length;
	while (end > 0 && end > bytes.length - 3 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
	if (end > 0 && ((bytes[end - 1] ?? 0) & 0xc0) === 0xc0) end--;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end));
		return true;
	} catch {
		return false;
	}
}
