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

/**
 * Keys that code may mean: those it names as text, wherever (a table of words, a refusal, a shape), and for each
 * template whose parts are words and dots every key of that form. So no list of dynamic prefixes is kept by hand.
 */
export function meant(code: readonly Source[]): (key: string) => boolean {
	const text = code.map((file) => file.text).join('\n');
	const named = new Set([...text.matchAll(/['"]([a-z]\w*(?:\.\w+)+)['"]/g)].map((match) => match[1]));
	const forms = [...new Set(templates(text))].map(formOf);
	return (key) => named.has(key) || forms.some((form) => form.test(key));
}

/** `app.role.${role}`, `${code}.mend`: at least one word and one dot of its own, and nothing that no key holds. */
const templates = (text: string): string[] =>
	[...text.matchAll(/`((?:[\w.]|\$\{[^{}`]*\})+)`/g)]
		.map((match) => match[1] ?? '')
		.filter((template) => template.includes('${') && /[a-z]{3}/.test(template.replace(/\$\{[^}]*\}/g, '')))
		.filter((template) => template.replace(/\$\{[^}]*\}/g, '').includes('.'));

const formOf = (template: string): RegExp =>
	new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.]+')}$`);

/** Names with three parts or more that begin like a key and are none: said to nobody. */
export function unsaid(code: readonly Source[], known: ReadonlySet<string>): string[] {
	const rooms = new Set([...known].map((key) => key.split('.')[0]));
	return code
		.flatMap((file) =>
			[...file.text.matchAll(/'([a-z]\w*(?:\.[a-zA-Z]\w*){2,})'/g)].map((match) => match[1] ?? '')
		)
		.filter((name) => rooms.has(name.split('.')[0]) && !known.has(name));
}

const id = messages('id');
const en = messages('en');
const code = sources('src', /\.(ts|svelte)$/);
const spoken = code.filter((file) => !/\.test\.ts$|\/test-[\w-]+\.ts$|\.gen\.ts$/.test(file.path));

describe('messages', () => {
	test('stand in Indonesian and in English', () => {
		expect([...id.keys()].filter((key) => !en.has(key))).toEqual([]);
		expect([...en.keys()].filter((key) => !id.has(key))).toEqual([]);
	});
	test.each(['id', 'en'])(
		'say one thing each in %s: of two under one name the later would silently win',
		(language) => {
			const keys = sources('src', new RegExp(`/messages/${language}\\.json$`)).flatMap(({ text }) =>
				[...text.matchAll(/^\t"([a-z][\w.]*)":/gm)].map((match) => match[1] ?? '')
			);
			expect(keys.length).toBeGreaterThan(1000);
			expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
		}
	);
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
	test('are all said by somebody', () => {
		const isMeant = meant(spoken);
		expect([...id.keys()].filter((key) => !isMeant(key))).toEqual([]);
	});
	test('are there for every name that looks like one', () => {
		expect(unsaid(spoken, new Set(id.keys()))).toEqual([]);
	});
	test('of a dynamic form have at least one of that form', () => {
		const rooms = new Set([...id.keys()].map((key) => key.split('.')[0]));
		const forms = spoken
			.flatMap((file) => (file.text.includes('say(') ? templates(file.text) : []))
			.filter((template) => rooms.has(template.split('.')[0]));
		expect(forms.length).toBeGreaterThan(3);
		expect(forms.filter((template) => ![...id.keys()].some((key) => formOf(template).test(key)))).toEqual([]);
	});
	test('that nobody says and names that say nothing are caught', () => {
		const code = [{ path: 'x', text: "say(`app.role.${role}`); words('needs.a.b')" }];
		expect(['app.role.head', 'needs.a.b', 'needs.a.c', 'app.roles.x'].map(meant(code))).toEqual([
			true,
			true,
			false,
			false
		]);
		expect(unsaid(code, new Set(['needs.a.c']))).toEqual(['needs.a.b']);
	});
	test('a missing key and a lost fact are caught', () => {
		expect([...usedKeys([{ path: 'x', text: "m['no.such']()" }])]).toEqual(['no.such']);
		expect(paramsOf('{b} dari {a}')).toEqual(['a', 'b']);
	});
});
