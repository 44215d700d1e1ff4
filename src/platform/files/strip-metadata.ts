/**
 * A picture without what the camera wrote into it: place, device, time (EXIF, XMP, IPTC, text chunks). The pixels stay
 * byte for byte. A phone's photo would otherwise tell where somebody lives.
 * Formats: JPEG (APP1-APP15 but the colour profile in APP2, comments), PNG (eXIf, tEXt, zTXt, iTXt, tIME), WebP (EXIF, XMP).
 * Anything cut short or of another kind comes back as it was.
 */
export function withoutMetadata(bytes: Uint8Array): Uint8Array {
	if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(bytes);
	if (bytes[0] === 0x89 && bytes[1] === 0x50) return png(bytes);
	if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return webp(bytes);
	return bytes;
}

const text = (bytes: Uint8Array, from: number, to: number) =>
	String.fromCharCode(...bytes.subarray(from, to));
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function jpeg(bytes: Uint8Array): Uint8Array {
	const kept: Uint8Array[] = [bytes.subarray(0, 2)];
	let at = 2;
	while (at + 4 <= bytes.length && bytes[at] === 0xff) {
		const marker = bytes[at + 1] ?? 0;
		const end = at + 2 + view(bytes).getUint16(at + 2);
		if (end > bytes.length) return bytes;
		// From the start of scan on there are only pixels.
		if (marker === 0xda) return Buffer.concat([...kept, bytes.subarray(at)]);
		const profile = marker === 0xe2 && text(bytes, at + 4, at + 15) === 'ICC_PROFILE';
		const told = (marker >= 0xe1 && marker <= 0xef && !profile) || marker === 0xfe;
		if (!told) kept.push(bytes.subarray(at, end));
		at = end;
	}
	return bytes;
}

const PNG_TOLD = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

function png(bytes: Uint8Array): Uint8Array {
	const kept: Uint8Array[] = [bytes.subarray(0, 8)];
	let at = 8;
	while (at + 12 <= bytes.length) {
		const end = at + 12 + view(bytes).getUint32(at);
		if (end > bytes.length) return bytes;
		if (!PNG_TOLD.has(text(bytes, at + 4, at + 8))) kept.push(bytes.subarray(at, end));
		at = end;
	}
	return Buffer.concat(kept);
}

function webp(bytes: Uint8Array): Uint8Array {
	const kept: Uint8Array[] = [];
	let at = 12;
	while (at + 8 <= bytes.length) {
		const size = view(bytes).getUint32(at + 4, true);
		const end = at + 8 + size + (size % 2);
		if (end > bytes.length + 1) return bytes;
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
