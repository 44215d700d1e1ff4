import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export type Source = { path: string; text: string };

const LEFT_OUT = new Set(['node_modules', 'paraglide', '.svelte-kit', 'build', '.asah', '.results']);

function walk(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (LEFT_OUT.has(name) || name.startsWith('.')) return [];
		return statSync(path).isDirectory() ? walk(path) : [path];
	});
}

/** Files of the real tree below `folder` whose name ends as asked, with `/` in their paths. */
export const sources = (folder: string, ending: RegExp): Source[] =>
	walk(join(ROOT, folder))
		.filter((path) => ending.test(path))
		.map((path) => ({ path: relative(ROOT, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));

export const folders = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name);

export const json = (path: string): Record<string, unknown> => {
	const read: unknown = JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
	return typeof read === 'object' && read !== null ? { ...read } : {};
};
