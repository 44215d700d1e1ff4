import { describe, expect, test } from 'vitest';
import { json, sources, type Source } from './tree.ts';

const lines = (file: Source) => file.text.trimEnd().split('\n').length;
const generated = (path: string) => path.endsWith('.gen.ts');
const code = ['src', 'demo', 'scripts', 'tests', 'bench']
	.flatMap((folder) => sources(folder, /\.(ts|mjs|svelte)$/))
	.filter((file) => !generated(file.path));

/** What strictness forbids and a linter may be talked out of. */
export function loose(files: readonly Source[]): string[] {
	return files
		.filter((file) => !file.path.startsWith('tests/house/'))
		.flatMap((file) => {
			const found =
				/@ts-(?:ignore|nocheck)|\bas any\b|: any\b(?! of)|eslint-disable(?!-(?:next-)?line [\w/-]+ -- )/.exec(
					file.text
				);
			return found ? [`${file.path}: ${found[0]}`] : [];
		});
}

/** Rules that ask the clock or chance instead of being told. */
export const impure = (files: readonly Source[]): string[] =>
	files.filter((file) => /new Date\(\)|Date\.now\(|Math\.random\(/.test(file.text)).map((file) => file.path);

describe('the code', () => {
	test('has no file longer than 400 lines', () => {
		expect(code.filter((file) => lines(file) > 400).map((file) => `${file.path} ${lines(file)}`)).toEqual([]);
	});
	test('has no file that belongs to everyone', () => {
		const everyones = /(^|\/)(utils?|helpers?|common|types|index)\.(ts|mjs)$/;
		expect(code.filter((file) => everyones.test(file.path)).map((file) => file.path)).toEqual([]);
	});
	test('does not talk its way around the types', () => {
		expect(loose(code)).toEqual([]);
	});
	test('keeps time and chance out of rules', () => {
		const rules = code.filter(
			(file) =>
				/src\/slices\/\w+\/(rules|access|model)\.ts$|src\/kernel\/(?!ids)/.test(file.path) &&
				!file.path.includes('.test.')
		);
		expect(rules.length).toBeGreaterThan(30);
		expect(impure(rules)).toEqual([]);
	});
	test('names no machine and no registry', () => {
		const told = code.filter(
			(file) => !file.path.startsWith('tests/house/') && /\/(work|root)\/[a-z]+\//.test(file.text)
		);
		expect(told.map((file) => file.path)).toEqual([]);
	});
	test('a loose end and an impure rule are caught', () => {
		expect(loose([{ path: 'x.ts', text: 'const a = b as any;' }])).toHaveLength(1);
		expect(impure([{ path: 'rules.ts', text: 'const now = new Date();' }])).toEqual(['rules.ts']);
	});
});

describe('dependencies', () => {
	test('each have a line that says why', () => {
		const { dependencies } = json('package.json');
		const page = sources('docs', /dependencies\.md$/)[0]?.text ?? '';
		const run = page.slice(0, page.indexOf('## To check'));
		const named = [...run.matchAll(/^\| `([^`]+)` +\|/gm)].map((match) => match[1] ?? '');
		expect(named.filter((name) => !name.includes('*')).sort()).toEqual(
			Object.keys(dependencies ?? {}).sort()
		);
	});
	// One more each for signed papers, badges, calendars, editable letters, the solver and push; a new one has to replace one.
	test('are at most thirty-three', () => {
		expect(Object.keys(json('package.json')['dependencies'] ?? {}).length).toBeLessThanOrEqual(33);
	});
});
