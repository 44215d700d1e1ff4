// What the READMEs and the guide say must be what Asah does: words in quotes are words on the screen.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SETTING_NAMES } from '#platform/settings.ts';
import { WORDS } from '../../scripts/words.mjs';
import { json, ROOT, sources } from './tree.ts';

/** Quoted, but by other programs, or with figures of an invented example. */
const NOT_OURS = new Set([
	'Asah Kota Medan <asah@kota.go.id>',
	'query would be affected by row-level security policy',
	'postgres://asah_cadangan@localhost/asah'
]);

function sentencesIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesIn) : [];
}

function piecesOf(sentence: string): string[] {
	return plain(sentence)
		.split(/\{[^}]*\}/)
		.map((piece) => piece.trim());
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('\\', '').toLowerCase();

/** Sentences that somebody is shown, in pieces around what is filled in. */
const SAID: readonly string[][] = [
	...sources('src', /\/messages\/id\.json$/).flatMap((file) => sentencesIn(json(file.path))),
	...Object.values(WORDS)
].map(piecesOf);

/** A quote may leave something out (…) or stop early; in place of what is filled in it may have an example. */
export function isSaid(quote: string, said: readonly string[][] = SAID): boolean {
	const parts = plain(quote)
		.split('…')
		.map((part) => part.trim())
		.filter((part) => part !== '');
	return said.some((pieces) => inOrder(parts, pieces.join(' ')) || fills(plain(quote), pieces));
}

function inOrder(parts: readonly string[], text: string): boolean {
	let at = 0;
	return parts.every((part) => {
		const found = text.indexOf(part, at);
		at = found + part.length;
		return found >= 0;
	});
}

/** The whole sentence, with an example of two characters and more or a figure where facts stand. */
function fills(quote: string, pieces: readonly string[]): boolean {
	if (pieces.length < 2 || pieces.join('').length < 6) return false;
	const first = pieces[0] ?? '';
	return quote.startsWith(first) && quote.endsWith(pieces.at(-1) ?? '') && inOrder(pieces, quote);
}

const quotesIn = (text: string): string[] =>
	[...text.matchAll(/"([^"\n]+)"/g)].map((match) => match[1] ?? '');

describe('the guide', () => {
	const guide = sources('docs/guide', /\.md$/);
	test('quotes only words that stand on the screen or in the terminal', () => {
		const wrong = guide.flatMap((file) =>
			quotesIn(file.text.replaceAll(/```[\s\S]*?```/g, ''))
				.filter((quote) => !NOT_OURS.has(quote) && !isSaid(quote))
				.map((quote) => `${file.path}: “${quote}”`)
		);
		expect(guide.length).toBeGreaterThan(9);
		expect(wrong).toEqual([]);
	});
	test('a word that was changed on the screen is caught, one with an example filled in is not', () => {
		const said = [['kurang', 'jp lagi untuk mencapai', '.'], ['ajukan rencana']];
		expect(
			['Kurang 8 JP lagi untuk mencapai 20.', 'Ajukan …', 'Kurang … JP', 'Serahkan rencana'].map((quote) =>
				isSaid(quote, said)
			)
		).toEqual([true, true, true, false]);
	});
});

describe('every setting', () => {
	test.each(['README.md', 'README.id.md', 'docs/guide/pasang.md'])('stands in %s', (path) => {
		const text = readFileSync(join(ROOT, path), 'utf8');
		expect(SETTING_NAMES.filter((setting) => !text.includes(`\`${setting}\``))).toEqual([]);
	});
	test('is named to whoever misspelt one', () => {
		const told = WORDS['settings.unknown'] ?? '';
		expect(SETTING_NAMES.filter((name) => name.startsWith('ASAH_') && !told.includes(name))).toEqual([]);
	});
});
