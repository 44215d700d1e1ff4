import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@inlang/paraglide-js';
import { afterAll, expect, test } from 'vitest';
import { compileMessages } from './compile-messages.ts';

const PLUGIN = join(import.meta.dirname, '../node_modules/@inlang/plugin-message-format/dist/index.js');
const root = mkdtempSync(join(tmpdir(), 'asah-messages-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('makes file by file what the library’s own way makes', async () => {
	const counted = {
		declarations: ['input count', 'local form = count: plural'],
		selectors: ['form'],
		match: { 'form=one': '{count} class of {owner}', 'form=*': '{count} classes' }
	};
	write('rooms/id.json', { 'rooms.title': 'Kelas', 'rooms.count': '{count} kelas', 'rooms.only': 'di sini' });
	write('rooms/en.json', { 'rooms.title': 'Classes', 'rooms.count': [counted] });
	write('house/id.json', { 'house.hello': 'Halo {name}, "{{ini}}" `\\n`' });
	const settings = {
		baseLocale: 'id',
		locales: ['id', 'en'],
		modules: ['./plugin.js'],
		'plugin.inlang.messageFormat': { pathPattern: ['./rooms/{locale}.json', './house/{locale}.json'] }
	};
	cpSync(PLUGIN, join(root, 'plugin.js'));
	write('project.inlang/settings.json', settings);
	const options = { project: join(root, 'project.inlang'), outputStructure: 'message-modules' as const };

	await compile({ ...options, outdir: join(root, 'theirs') });
	await compileMessages(root, settings, { ...options, outdir: 'ours' });

	const theirs = filesOf('theirs');
	expect(Object.keys(theirs).filter((name) => name.startsWith('messages/'))).toHaveLength(6);
	expect(filesOf('ours')).toEqual(theirs);
});

function write(name: string, content: object): void {
	mkdirSync(join(root, name, '..'), { recursive: true });
	writeFileSync(join(root, name), JSON.stringify(content));
}

function filesOf(folder: string): Record<string, string> {
	const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
	return Object.fromEntries(
		names
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.map((path) => [path.slice(join(root, folder).length + 1), readFileSync(path, 'utf8')])
	);
}
