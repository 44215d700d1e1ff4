import { describe, expect, test } from 'vitest';
import { json, sources, type Source } from './tree.ts';

const files = (language: string) =>
	sources('src', new RegExp(`/messages/${language}\\.json$`)).map((file) => file.path);

function messages(language: string): Map<string, string> {
	const all = new Map<string, string>();
	for (const path of files(language))
		for (const [key, value] of Object.entries(json(path)))
			if (!key.startsWith('$')) all.set(key, JSON.stringify(value));
	return all;
}

/** `{count}` and the like, sorted: what a sentence needs to be told. */
export const paramsOf = (sentence: string): string[] =>
	[...new Set([...sentence.matchAll(/(?<!\\)\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();

/** Keys that code names in full. */
export const usedKeys = (code: readonly Source[]): Set<string> =>
	new Set(
		code.flatMap((file) =>
			[
				...file.text.matchAll(/\bm\[\s*'([\w.]+)'\s*\]/g),
				...(file.text.includes('say.server.ts') ? file.text.matchAll(/\bsay\(\s*'([\w.]+)'/g) : [])
			].map((match) => match[1] ?? '')
		)
	);

const id = messages('id');
const en = messages('en');
const code = sources('src', /\.(ts|svelte)$/);

describe('messages', () => {
	test('stand in Indonesian and in English', () => {
		expect([...id.keys()].filter((key) => !en.has(key))).toEqual([]);
		expect([...en.keys()].filter((key) => !id.has(key))).toEqual([]);
	});
	test('ask for the same facts in both languages', () => {
		const different = [...id].filter(
			([key, sentence]) => paramsOf(sentence).join() !== paramsOf(en.get(key) ?? '').join()
		);
		expect(different.map(([key]) => key)).toEqual([]);
	});
	test('are never empty', () => {
		expect([...id, ...en].filter(([, sentence]) => sentence === '""').map(([key]) => key)).toEqual([]);
	});
	test('that code names are all there', () => {
		expect([...usedKeys(code)].filter((key) => !id.has(key))).toEqual([]);
	});
	test('of every refusal are there', () => {
		const codes = code
			.filter((file) => !file.path.includes('.test.'))
			.flatMap((file) =>
				[
					...file.text.matchAll(
						/\b(?:refused|missing|forbidden)\(\s*'([\w.]+)'|invalidField\(\s*[^,]+,\s*'([\w.]+)'|constraintMeans\(\s*'\w+',\s*'([\w.]+)'/g
					)
				].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
			);
		expect([...new Set(codes)].filter((key) => key.includes('.') && !id.has(key))).toEqual([]);
	});
	test('a missing key and a lost fact are caught', () => {
		expect([...usedKeys([{ path: 'x', text: "m['no.such']()" }])]).toEqual(['no.such']);
		expect(paramsOf('{b} dari {a}')).toEqual(['a', 'b']);
	});
});
