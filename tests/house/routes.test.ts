import { describe, expect, test } from 'vitest';
import { sources, type Source } from './tree.ts';

const GUARDS = 'page|publicPage|endpoint|publicEndpoint|commandEndpoint|formActions';

/** Exports of a route that anybody could reach because nothing guards them. */
export function unguarded(files: readonly Source[]): string[] {
	return files.flatMap(({ path, text }) =>
		[
			...text.matchAll(
				/^export (?:const|async function|function) (load|actions|GET|POST|PUT|PATCH|DELETE|fallback)\b(.*)$/gm
			)
		]
			.filter((match) => !new RegExp(`^\\s*=\\s*(?:${GUARDS})(?:<[^>]*>)?\\(`).test(match[2] ?? ''))
			.map((match) => `${path} ${match[1]}`)
	);
}

/** Screens and endpoints that need no session: a new one is a decision, made here. */
const PUBLIC = [
	'src/routes/(auth)/access-code/+page.server.ts',
	'src/routes/(auth)/again/+page.server.ts',
	'src/routes/(auth)/sign-in/+page.server.ts',
	'src/routes/(auth)/sign-out/+page.server.ts',
	'src/routes/(auth)/two-factor/+page.server.ts',
	'src/routes/+layout.server.ts',
	'src/routes/+page.server.ts',
	'src/routes/api-docs/+page.server.ts',
	'src/routes/api/v1/commands/[name]/+server.ts',
	'src/routes/api/v1/openapi.json/+server.ts',
	'src/routes/classes/feed/[token].ics/+server.ts',
	'src/routes/display/+page.server.ts',
	'src/routes/first-run/+page.server.ts',
	'src/routes/gaya/+page.server.ts',
	'src/routes/hat/+page.server.ts',
	'src/routes/health/+server.ts',
	'src/routes/review/[token]/+page.server.ts',
	'src/routes/verify/+page.server.ts',
	'src/routes/verify/[agency]/[code]/+page.server.ts',
	'src/routes/verify/[agency]/did.json/+server.ts',
	'src/routes/verify/[agency]/status/[list]/+server.ts'
];

describe('routes', () => {
	const files = sources('src/routes', /\+(page|layout)?\.?server\.ts$/);
	test('are all guarded', () => {
		expect(unguarded(files)).toEqual([]);
	});
	test('are public only where the list says so', () => {
		const open = files.filter((file) => /public(Page|Endpoint)\(/.test(file.text)).map((file) => file.path);
		expect(open.filter((path) => !PUBLIC.includes(path))).toEqual([]);
	});
	test('never read or write by themselves', () => {
		const busy = files.filter((file) =>
			/\.(insertInto|updateTable|deleteFrom|selectFrom)\(|sql`/.test(file.text)
		);
		expect(busy.map((file) => file.path)).toEqual([]);
	});
	test.each([
		'export const load = async () => ({});',
		'export async function POST() {}',
		'export const actions = { default: async () => {} };'
	])('an unguarded export is caught: %s', (text) => {
		expect(unguarded([{ path: 'src/routes/x/+page.server.ts', text }])).toHaveLength(1);
	});
});
