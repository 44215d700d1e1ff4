const begins = (bytes: Uint8Array, at: number, expected: readonly number[]): boolean =>
	expected.every((byte, index) => bytes[at + index] === byte);

/** Kind of a picture by its content, whatever its name says; null: none that every browser shows. */
export function pictureMime(bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | null {
	if (begins(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
	if (begins(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg';
	if (begins(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && begins(bytes, 8, [0x57, 0x45, 0x42, 0x50]))
		return 'image/webp';
	return null;
}

/** Kind of a scanned paper by its content: a PDF, or a photo of it; null: anything else, whatever its name says. */
export function paperMime(bytes: Uint8Array): 'application/pdf' | ReturnType<typeof pictureMime> {
	// "%PDF-", which stands first in every file that readers accept without searching for it.
	return begins(bytes, 0, [0x25, 0x50, 0x44, 0x46, 0x2d]) ? 'application/pdf' : pictureMime(bytes);
}
