import { describe, expect, test } from 'vitest';
import { isSentence, literalsOf, needsTranslator, shownOf } from './sentences.ts';
import { sources, type Source } from './tree.ts';

/** Files that hold sentences, each with its reason. One that no longer does must leave the list. */
const HOLD_SENTENCES: Record<string, string> = {
	'src/app/server/openapi.ts': 'the description of the machine door is English, like the code it is for',
	'src/kernel/grades.ts': 'names of ranks, given by law',
	'src/platform/documents/fonts.ts': 'the name of a typeface',
	'src/platform/documents/render-pdf.ts': 'what the typesetter says, to tell one warning from another',
	'src/routes/gaya/samples.ts': 'made-up rows for looking at components',
	'src/slices/credentials/template.ts':
		'the words that a template starts with, each in the language of the certificate',
	'src/platform/signing/signature-space.ts': 'the syntax of PDF',
	'src/slices/credentials/certificate-sample.ts': 'made-up certificate for looking at the paper',
	'src/slices/credentials/ip-ruleset.ts': 'legal basis of a row',
	'src/slices/credentials/jp-ruleset.ts': 'legal basis of a row',
	'src/slices/evaluation/focus-guides.ts': 'guides and codes in Bahasa, which an agency copies and rewords',
	'src/slices/evaluation/reaction-items.ts': 'rows in both languages, which an agency may reword',
	'src/slices/impact/plan-text.ts': 'a plan in Bahasa, whose hash must not depend on who reads it',
	'src/slices/impact/report/bundle.ts': 'files in Bahasa for whoever makes a study’s figures again',
	'src/slices/impact/report/r-script.ts': 'an R script that speaks Bahasa to whoever runs it',
	'src/slices/needs/server/seed.ts': 'legal basis of a row',
	'src/slices/needs/templates.ts': 'questions in both languages, which an agency takes and rewords',
	'src/slices/papers/document/bodies.ts': 'papers of an Indonesian office, whatever the screen speaks',
	'src/slices/papers/document/build.ts': 'titles of such papers',
	'src/slices/papers/document/draft.ts': 'texts of such papers, which an office rewords',
	'src/slices/papers/document/words.ts': 'words around them',
	'src/ui/PaletteKey.svelte': 'a selector'
};

/** Components that show words of their own, each with its reason. */
const SHOW_WORDS: Record<string, string> = {
	'src/routes/api-docs/+page.svelte': 'a command line to copy',
	'src/routes/gaya/+page.svelte': 'names of styles',
	'src/routes/reports/audit/+page.svelte': 'the name of a command as an example'
};

const isTest = (path: string) => /\.test\.ts$|\/test-[\w-]+\.ts$|\.gen\.ts$|\.d\.ts$/.test(path);

/** Sentences in code, and words on screen, that do not come from messages. */
export function spoken(files: readonly Source[]): { sentences: string[]; words: string[] } {
	const sentences: string[] = [];
	const words: string[] = [];
	for (const file of files) {
		const { shown, literals } = file.path.endsWith('.svelte')
			? shownOf(file)
			: { shown: [], literals: literalsOf(file) };
		sentences.push(...literals.filter(isSentence).map((text) => `${file.path}: ${text.slice(0, 80)}`));
		words.push(...shown.filter(needsTranslator).map((text) => `${file.path}: ${text.trim().slice(0, 80)}`));
	}
	return { sentences, words };
}

const outside = (found: readonly string[], list: Record<string, string>) =>
	found.filter((line) => !(line.slice(0, line.indexOf(':')) in list));
const needless = (found: readonly string[], list: Record<string, string>) =>
	Object.keys(list).filter((path) => !found.some((line) => line.startsWith(`${path}:`)));

describe('what Asah says', () => {
	const all = spoken(sources('src', /\.(ts|svelte)$/).filter((file) => !isTest(file.path)));
	test('stands in messages, not in code', () => {
		expect(outside(all.sentences, HOLD_SENTENCES)).toEqual([]);
		expect(outside(all.words, SHOW_WORDS)).toEqual([]);
	});
	test('has no exception that is no longer needed', () => {
		expect(needless(all.sentences, HOLD_SENTENCES)).toEqual([]);
		expect(needless(all.words, SHOW_WORDS)).toEqual([]);
	});
	test.each([
		['a.ts', "export const answer = 'Kelas sudah penuh sekali';"],
		['a.ts', 'export const answer = (n: number) => `Kelas ${n} sudah penuh sekali`;'],
		['a.svelte', '<script lang="ts">const a = \'Kelas sudah penuh sekali\';</script>']
	])('a sentence in %s is caught: %s', (path, text) => {
		expect(spoken([{ path, text }]).sentences).toHaveLength(1);
	});
	test.each([
		'<p>Kelas</p>',
		'<Button>Simpan</Button>',
		'<img alt="Peta" src="x" />',
		'{#if a}<b>ya</b>{/if}'
	])('a word on screen is caught: %s', (text) => {
		expect(spoken([{ path: 'a.svelte', text }]).words).toHaveLength(1);
	});
	test('in errors, logs, SQL, comments, class names and names is not meant', () => {
		const quiet = [
			"throw new Error('a command without its permission');",
			"log.error({ err }, 'event was not delivered');",
			"await client.query('select name from people.unit where true');",
			'await sql`select name from people.unit where true`.execute(db);',
			'// a comment that speaks\nconst a = 1;'
		].map((text) => ({ path: 'a.ts', text }));
		const look = { path: 'a.svelte', text: '<p class="flex flex-wrap items-baseline gap">Asah · 20 JP</p>' };
		expect(spoken([...quiet, look])).toEqual({ sentences: [], words: [] });
	});
});
