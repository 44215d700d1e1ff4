import { refused } from '#kernel/errors.ts';
import { pixelsOf } from './picture-size.ts';

/** More than any phone's camera at its usual setting; a few kilobytes can unfold into gigabytes on whoever looks at them. */
const MOST_PIXELS = 64_000_000;

/**
 * A picture without what the camera wrote into it: place, device, time (EXIF, XMP, IPTC, text chunks), and without what
 * follows its end, where a second picture, a film or a program may lie. The pixels stay byte for byte. A phone's photo
 * would otherwise tell where somebody lives.
 * Formats: JPEG (APP1-APP15 but the colour profile in APP2 and the colour space in APP14, comments), PNG (eXIf, tEXt, zTXt,
 * iTXt, tIME), WebP (EXIF, XMP). Anything of another kind comes back as it was.
 * Refuses: a picture cut short, one that unfolds into more pixels than a screen could ever show.
 */
export function withoutMetadata(bytes: Uint8Array): Uint8Array {
	const clean = cleanPicture(bytes);
	if (clean === null) throw refused('platform.files.torn');
	if (pixelsOf(clean) > MOST_PIXELS)
		throw refused('platform.files.pixels', { maximum: MOST_PIXELS / 1_000_000 });
	return clean;
}

/** The same, null where `withoutMetadata` refuses a picture cut short. */
export function cleanPicture(bytes: Uint8Array): Uint8Array | null {
	if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(bytes);
	if (bytes[0] === 0x89 && bytes[1] === 0x50) return png(bytes);
	if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return webp(bytes);
	return bytes;
}

const text = (bytes: Uint8Array, from: number, to: number) =>
	String.fromCharCode(...bytes.subarray(from, to));
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function jpeg(bytes: Uint8Array): Uint8Array | null {
	const kept: Uint8Array[] = [bytes.subarray(0, 2)];
	let at = 2;
	while (at + 2 <= bytes.length) {
		const marker = bytes[at + 1] ?? 0;
		// Bytes between segments belong to nothing; readers pass them over, and so do we.
		if (bytes[at] !== 0xff || marker === 0xff) {
			at += 1;
			continue;
		}
		if (marker === 0xd9) return Buffer.concat([...kept, bytes.subarray(at, at + 2)]);
		const end = at + 4 > bytes.length ? Infinity : at + 2 + view(bytes).getUint16(at + 2);
		if (end > bytes.length) return null;
		const profile = marker === 0xe2 && text(bytes, at + 4, at + 15) === 'ICC_PROFILE';
		const colours = marker === 0xee && text(bytes, at + 4, at + 9) === 'Adobe';
		const told = (marker >= 0xe1 && marker <= 0xef && !profile && !colours) || marker === 0xfe;
		if (!told) kept.push(bytes.subarray(at, end));
		// After a start of scan come pixels, up to the next marker; a progressive picture has several scans.
		at = marker === 0xda ? endOfPixels(bytes, end) : end;
		if (marker === 0xda) kept.push(bytes.subarray(end, at));
	}
	return null;
}

/** Among pixels 0xff stands before 0 (the byte itself), a restart (0xd0-0xd7) or another 0xff; before anything else it is a marker. */
function endOfPixels(bytes: Uint8Array, from: number): number {
	for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1] ?? 0;
		if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
	}
	return bytes.length;
}

const PNG_TOLD = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

function png(bytes: Uint8Array): Uint8Array | null {
	const kept: Uint8Array[] = [bytes.subarray(0, 8)];
	let at = 8;
	while (at + 12 <= bytes.length) {
		const end = at + 12 + view(bytes).getUint32(at);
		const kind = text(bytes, at + 4, at + 8);
		if (end > bytes.length) return null;
		if (!PNG_TOLD.has(kind)) kept.push(bytes.subarray(at, end));
		if (kind === 'IEND') return Buffer.concat(kept);
		at = end;
	}
	return null;
}

function webp(bytes: Uint8Array): Uint8Array | null {
	const kept: Uint8Array[] = [];
	const length = 8 + view(bytes).getUint32(4, true);
	if (length > bytes.length + 1) return null;
	let at = 12;
	while (at + 8 <= length) {
		const size = view(bytes).getUint32(at + 4, true);
		const end = at + 8 + size + (size % 2);
		if (end > bytes.length + 1) return null;
		const kind = text(bytes, at, at + 4);
		if (kind !== 'EXIF' && kind !== 'XMP ')
			kept.push(kind === 'VP8X' ? unflagged(bytes.subarray(at, end)) : bytes.subarray(at, end));
		at = end;
	}
	const body = Buffer.concat(kept);
	const head = Buffer.from(bytes.subarray(0, 12));
	head.writeUInt32LE(4 + body.length, 4);
	return Buffer.concat([head, body]);
}

/** The header says which chunks follow; bits 3 and 2 promise EXIF and XMP. */
function unflagged(chunk: Uint8Array): Uint8Array {
	const copy = Uint8Array.from(chunk);
	copy[8] = (copy[8] ?? 0) & ~0b1100;
	return copy;
}
