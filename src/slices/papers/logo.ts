import { pictureSize } from '#platform/files/picture-size.ts';

export const MOST_LOGO_BYTES = 1_000_000;

/**
 * A logo as an SVG text around its pixels, the one form in which a template takes bytes from outside; null for what is
 * neither PNG nor JPEG by its content. SVG files are refused on purpose: they may name other files and run code.
 */
export function logoSvg(bytes: Uint8Array): string | null {
	const size = pictureSize(bytes);
	if (size === null) return null;
	const { width, height, mime } = size;
	const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" ` +
		`viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" xlink:href="data:${mime};base64,${data}"/></svg>`
	);
}
