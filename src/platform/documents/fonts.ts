import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { sfntFromWoff } from './woff.ts';

/** The family name by which templates ask for the typeface. */
export const DOCUMENT_FONT = 'Plus Jakarta Sans';

// The `latin` subset holds every letter of Indonesian and of western names; typst sets a rarer letter (ş, ł, Greek)
// in the Libertinus Serif it carries, because two files of one family and weight can't both be reached.
const FACES = ['400-normal', '500-normal', '600-normal', '700-normal', '400-italic'] as const;

let unpacked: readonly Buffer[] | undefined;

/** The document typeface as TrueType files in memory; read and unpacked on the first call only. */
export function documentFonts(): readonly Buffer[] {
	unpacked ??= FACES.map((face) =>
		sfntFromWoff(readFileSync(fontFile(`files/plus-jakarta-sans-latin-${face}.woff`)))
	);
	return unpacked;
}

/** The folder of the typeface's package. */
export function fontFolder(): string {
	return dirname(fontFile('package.json'));
}

// Asked of Node rather than built from a path, so that it is found from src/, from build/ and from any working directory.
function fontFile(name: string): string {
	return createRequire(import.meta.url).resolve(`@fontsource/plus-jakarta-sans/${name}`);
}
