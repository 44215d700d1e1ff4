import { pictureMime } from '#slices/content/public.ts';

export const MOST_EVIDENCE_BYTES = 5 * 1024 * 1024;

/** What a proof may be, found by its content: a scan as PDF, or a photo. Null for anything else, whatever its name says. */
export function evidenceMime(bytes: Uint8Array): string | null {
	// "%PDF-", which stands first in every file that readers accept without searching for it.
	const isPdf = [0x25, 0x50, 0x44, 0x46, 0x2d].every((byte, at) => bytes[at] === byte);
	return isPdf ? 'application/pdf' : pictureMime(bytes);
}
