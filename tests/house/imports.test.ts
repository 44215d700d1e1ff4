import { describe, expect, test } from 'vitest';
import { ORDER } from '#slices/order.ts';
import { sources, type Source } from './tree.ts';

const isTest = (path: string) => /\.test\.ts$|\/test-[\w-]+\.ts$/.test(path);
const room = (path: string) => /^src\/slices\/(\w+)\//.exec(path)?.[1];
const floor = (path: string): number => {
	if (path.startsWith('src/kernel/')) return 1;
	if (path.startsWith('src/platform/') || path.startsWith('src/ui/')) return 2;
	if (path.startsWith('src/slices/')) return 3;
	return 4;
};

/** `#slices/x/y.ts` → src/slices/x/y.ts; relative paths are resolved; packages are left out. */
function targets({ path, text }: Source): string[] {
	const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
	return found.flatMap((name) => {
		if (name.startsWith('#')) return [`src/${name.slice(1)}`];
		if (!name.startsWith('.')) return [];
		return [new URL(name, `file:///${path}`).pathname.slice(1)];
	});
}

/** Imports that point up, to the right, or past a room's public door. */
export function wrongImports(files: readonly Source[]): string[] {
	return files.flatMap((file) => {
		if (isTest(file.path)) return [];
		const from = room(file.path);
		return targets(file).flatMap((target) => {
			const to = room(target);
			const where = `${file.path} → ${target}`;
			if (target === 'src/slices/order.ts') return [];
			if (floor(target) > floor(file.path)) return [`${where} (up)`];
			if (from === undefined || to === undefined || from === to) return [];
			const order: readonly string[] = ORDER;
			if (order.indexOf(to) > order.indexOf(from)) return [`${where} (right)`];
			return /\/public(\.server)?\.ts$/.test(target) ? [] : [`${where} (past the door)`];
		});
	});
}

/** What a module loads, itself left out: types load nothing. */
function loads(start: string): Set<string> {
	const texts = new Map(
		[...sources('src', /\.ts$/), ...sources('demo', /\.ts$/)].map(({ path, text }) => [path, text])
	);
	const reached = new Set<string>();
	const next = [start];
	for (let path = next.pop(); path !== undefined; path = next.pop()) {
		const text = texts.get(path)?.replaceAll(/^(import|export) type .*$/gm, '') ?? '';
		for (const target of targets({ path, text }))
			if (!reached.has(target)) {
				reached.add(target);
				next.push(target);
			}
	}
	return reached;
}

describe('imports', () => {
	test('on a first start the demo loads beside the build, which makes the words: it needs none', () => {
		const reached = loads('demo/load.ts');
		expect(reached.size).toBeGreaterThan(200);
		expect([...reached].filter((path) => path.includes('/i18n/messages'))).toEqual([]);
	});
	test('only ever point down, left, and through public doors', () => {
		expect(wrongImports(sources('src', /\.(ts|svelte)$/))).toEqual([]);
	});
	test.each([
		['src/kernel/a.ts', '#platform/db/db.ts', 'up'],
		['src/platform/a.ts', '#slices/needs/public.ts', 'up'],
		['src/ui/A.svelte', '#slices/needs/public.ts', 'up'],
		['src/slices/needs/a.ts', '#app/server/roles.ts', 'up'],
		['src/slices/needs/a.ts', '#slices/plans/public.ts', 'right'],
		['src/slices/plans/a.ts', '#slices/needs/rules.ts', 'past the door'],
		['src/slices/plans/server/a.ts', '../../needs/rules.ts', 'past the door']
	])('%s importing %s is caught', (path, target, why) => {
		expect(wrongImports([{ path, text: `import { x } from '${target}';` }])[0]).toContain(why);
	});
});
