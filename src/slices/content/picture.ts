/** What a picture's first bytes say it is, whatever its name; null for everything that is not PNG, JPEG or WebP. */
export function pictureMime(bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | null {
	const begins = (at: number, ...expected: number[]) =>
		expected.every((byte, index) => bytes[at + index] === byte);
	if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
	if (begins(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp';
	return null;
}

export const MOST_PICTURE_BYTES = 5 * 1024 * 1024;

/** From here on a picture is slow on a phone with a weak signal; its author is told. */
export const HEAVY_PICTURE_BYTES = 300 * 1024;
