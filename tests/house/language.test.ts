import { expect, test } from 'vitest';
import { sources, type Source } from './tree.ts';

/**
 * Elements that show the dictionary's own words without saying that these are Indonesian (WCAG 3.1.2), and tables that
 * say it of the screen's words too, which are in the language of who looks.
 */
export const unspoken = (files: readonly Source[]): string[] =>
	files.flatMap(({ path, text }) => [
		...[...text.matchAll(/<\w+\b([^<>]*)>\s*\{[\w.?]*\b(?:definition|headline)\}/g)]
			.filter(([, attributes = '']) => !attributes.includes('lang="id"'))
			.map(([shown]) => `${path}: ${shown}`),
		...[...text.matchAll(/<ul\b([^<>]*)>\s*\{#each [\w.?]*\bindicators as indicator\b/g)]
			.filter(([, attributes = '']) => !attributes.includes('lang="id"'))
			.map(([shown]) => `${path}: ${shown}`),
		...[...text.matchAll(/<table\b[^<>]*lang="id"/g)].map(([shown]) => `${path}: ${shown}`),
		...[...text.matchAll(/text: \(\w+: Row\) => \w+\.(?:definition|headline)\b/g)].map(
			([shown]) => `${path}: ${shown}`
		)
	]);

test('what the dictionary says is marked as Indonesian, and nothing but it', () => {
	const screens = ['src/slices/competencies/ui', 'src/routes/competencies'].flatMap((folder) =>
		sources(folder, /\.svelte$/)
	);
	expect(screens.length).toBeGreaterThan(10);
	expect(unspoken(screens)).toEqual([]);
});

test('an unmarked definition, list of behaviours, column and a table marked as a whole are caught', () => {
	const of = (text: string) => unspoken([{ path: 'x.svelte', text }]).length;
	expect(of('<p class="x">{one.definition}</p>')).toBe(1);
	expect(of('<ul>\n{#each text.indicators as indicator (indicator)}')).toBe(1);
	expect(of('<table class="x" lang="id">')).toBe(1);
	expect(of('text: (one: Row) => one.definition')).toBe(1);
	expect(of('<p lang="id">{one.definition}</p>')).toBe(0);
});
