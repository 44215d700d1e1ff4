export type PictureSize = { width: number; height: number; mime: 'image/png' | 'image/jpeg' };

/** Width and height of a PNG or JPEG, read from its first bytes whatever its name says; null for anything else. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const size = isPng(bytes)
		? { width: view.getUint32(16), height: view.getUint32(20), mime: 'image/png' as const }
		: jpegSize(bytes, view);
	return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const isPng = (bytes: Uint8Array) => bytes.length > 24 && PNG.every((byte, at) => bytes[at] === byte);

/** The frame header (SOF0 … SOF15 but DHT, JPG and DAC) holds the size; everything before it is stepped over. */
function jpegSize(bytes: Uint8Array, view: DataView): PictureSize | null {
	if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
	let at = 2;
	while (at + 9 < bytes.length && bytes[at] === 0xff) {
		const marker = bytes[at + 1] ?? 0;
		if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
			return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), mime: 'image/jpeg' };
		at += 2 + view.getUint16(at + 2);
	}
	return null;
}

/** Pixels that a PNG, JPEG or WebP unfolds into; 0 for anything else. */
export function pixelsOf(bytes: Uint8Array): number {
	const size = pictureSize(bytes) ?? webpSize(bytes);
	return size === null ? 0 : size.width * size.height;
}

/** The first chunk says the size: extended (VP8X), lossless (VP8L) or lossy (VP8). */
function webpSize(bytes: Uint8Array): { width: number; height: number } | null {
	if (bytes.length < 30) return null;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const kind = String.fromCharCode(...bytes.subarray(8, 16));
	if (kind === 'WEBPVP8X')
		return {
			width: (view.getUint32(24, true) & 0xffffff) + 1,
			height: (view.getUint32(26, true) >>> 8) + 1
		};
	if (kind === 'WEBPVP8L') {
		const bits = view.getUint32(21, true);
		return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
	}
	if (kind === 'WEBPVP8 ')
		return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
	return null;
}
