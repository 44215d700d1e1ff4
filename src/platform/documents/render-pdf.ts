import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { documentFonts, fontFolder } from './fonts.ts';

/** PDF/A-2a: archival and tagged (ISO 19005-2, level a). PDF/UA-1: tagged for assistive technology (ISO 14289-1). */
export type PdfStandard = 'a-2a' | 'ua-1';

export type PdfOptions = {
	/** The document's date in its metadata. An argument, so that the same input gives the same bytes. */
	readonly createdAt: Date;
	readonly standard?: PdfStandard;
};

// typst remembers every intermediate result, and that grows by some 400 MB in a thousand documents unless what has
// not been used again is forgotten. Forgetting after each document takes 1 ms; after each twentieth it took 17.
// What documents share (template, pattern, fonts) is used again and stays.
const DOCUMENTS_REMEMBERED = 4;

let compiler: NodeCompiler | undefined;

/**
 * Sets a typst template as PDF. `inputs` reach the template as `sys.inputs`: strings, never parsed as markup.
 * Synchronous, some milliseconds; the first call also unpacks the fonts. Same arguments, same bytes.
 * A letter that no font can show must not stop a person's document, and PDF/A and PDF/UA forbid it (ISO 19005-2
 * §6.2.11.8): such a document is set without the standard, and shows the font's sign for a missing letter.
 * Throws with typst's diagnostics when the template is wrong or breaks the standard in any other way.
 */
export function renderPdf(
	template: string,
	inputs: Readonly<Record<string, string>>,
	{ createdAt, standard }: PdfOptions
): Uint8Array {
	const source = { mainFileContent: template, inputs: { ...inputs } };
	const creationTimestamp = Math.floor(createdAt.getTime() / 1000);
	const typst = theCompiler();
	try {
		return typst.pdf(source, { creationTimestamp, pdfStandard: standard });
	} catch (error) {
		const reason = reasonOf(error);
		if (standard && reason.includes('could not be displayed with'))
			return typst.pdf(source, { creationTimestamp });
		throw new Error(`typst: ${reason}`, { cause: error });
	} finally {
		typst.evictCache(DOCUMENTS_REMEMBERED);
	}
}

function theCompiler(): NodeCompiler {
	// The workspace is all that a template, or an SVG placed by it, may read by name: nothing but the typeface.
	compiler ??= NodeCompiler.create({
		workspace: fontFolder(),
		fontArgs: [{ fontBlobs: [...documentFonts()] }]
	});
	return compiler;
}

// The compiler puts what is wrong with the template in `code` and leaves `message` empty.
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.message || ('code' in error ? String(error.code) : error.name);
}
