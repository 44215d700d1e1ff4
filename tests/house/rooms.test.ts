import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ORDER } from '#slices/order.ts';
import { folders, json, ROOT, sources, type Source } from './tree.ts';

const inRoom = (room: string) => sources(`src/slices/${room}`, /\.ts$/);
const exportsOf = (files: readonly Source[], pattern: RegExp) =>
	files.filter((file) => pattern.test(file.text)).length;

/** Names of commands defined in a room that do not begin with the room's name. */
export const strayCommands = (room: string, files: readonly Source[]): string[] =>
	files.flatMap((file) =>
		[...file.text.matchAll(/= (?:command|sharedCommand)\(\s*'([^']+)'/g)]
			.map((match) => match[1] ?? '')
			.filter((name) => !name.startsWith(`${room}.`))
	);

describe('rooms', () => {
	test('are the folders of the cycle, no more and no fewer', () => {
		expect(folders('src/slices').sort()).toEqual([...ORDER].sort());
	});
	test('all have their messages in both languages', () => {
		const settings = JSON.stringify(json('project.inlang/settings.json'));
		for (const room of ORDER) expect(settings, room).toContain(`./src/slices/${room}/messages/{locale}.json`);
	});
	test.each(ORDER)('%s says in at most 40 lines what it is for', (room) => {
		const path = join(ROOT, 'src/slices', room, 'README.md');
		expect(existsSync(path), path).toBe(true);
		expect(readFileSync(path, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
	});
	test.each(ORDER)('%s has a query, a command and a screen', (room) => {
		const files = inRoom(room).filter((file) => !file.path.includes('.test.'));
		expect(exportsOf(files, /export (const|async function|function) \w+[\s\S]{0,200}db: Db/)).toBeGreaterThan(
			0
		);
		expect(exportsOf(files, /= (?:command|sharedCommand)\(/)).toBeGreaterThan(0);
		expect(
			sources('src/routes', /\+page\.svelte$/).some((file) => file.path.startsWith(`src/routes/${room}/`))
		).toBe(true);
	});
	test.each(ORDER)('%s names its commands after itself', (room) => {
		expect(strayCommands(room, inRoom(room))).toEqual([]);
	});
	test('no two commands share a name', () => {
		const names = sources('src', /\.ts$/)
			.filter((file) => !file.path.includes('.test.'))
			.flatMap((file) =>
				[...file.text.matchAll(/= (?:command|sharedCommand)\(\s*'([^']+)'/g)].map((match) => match[1])
			);
		expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
	});
	test('a command named after another room is caught', () => {
		expect(
			strayCommands('needs', [{ path: 'x', text: "export const a = command('plans.add', S, f);" }])
		).toEqual(['plans.add']);
	});
});
