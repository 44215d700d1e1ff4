import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sentence } from './terminal.mjs';
import { WORDS } from './words.mjs';

const ROOT = join(import.meta.dirname, '..');
const CODE =
	/'((?:access|browser|build|data|database|demo|dev|door|install|own|settings|slice|start|stop|test|waiting)\.(?!ts'|mjs'|json')[a-zA-Z]+)'/g;

const FILES = ['start.log'];
/** Codes named in what speaks to the terminal. */
const used = [
	'scripts',
	'scripts/serve',
	'src/platform',
	'src/platform/db',
	'src/platform/mail',
	'src/platform/push'
]
	.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name)))
	.filter((file) => /\.(ts|mjs)$/.test(file) && !/\.test\.ts$|words\.mjs$/.test(file))
	.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(CODE)].map((match) => match[1] ?? ''))
	.filter((code) => !FILES.includes(code));

test('every sentence that the terminal may be asked for exists, and none is there for nothing', () => {
	expect([...new Set(used)].sort()).toEqual(Object.keys(WORDS).sort());
});

test('a sentence is filled with its facts and leaves what it was not given', () => {
	expect(sentence('door.taken', { port: 3000, next: 3001 })).toBe(
		'Port 3000 sudah dipakai program lain. Contoh: PORT=3001 npm start'
	);
	expect(sentence('start.already')).toBe('Asah sudah berjalan di {address}');
});
