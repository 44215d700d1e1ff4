import { describe, expect, test } from 'vitest';
import { ORDER } from '#slices/order.ts';
import { sources, type Source } from './tree.ts';

const KYSELY = /\.(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(\s*([^\s),]+)/g;
const RAW =
	/\b(?:insert\s+into|merge\s+into|delete\s+from|truncate(?:\s+table)?|update(?!\s+(?:set|skip|of|nowait)\b))\s+(?:only\s+)?([\w."]+\.[\w"]+|\$\{[^}]*\}?)/gi;

/** Raw SQL of a file: what stands between backticks, so that words in comments and names are not taken for SQL. */
const rawSql = (text: string): string =>
	[...text.matchAll(/sql(?:<[^`]*?>)?`((?:\\.|[^`\\])*)`/g)].map((match) => match[1] ?? '').join('\n');

/** A table's name, or the names that a parameter may have by its type (`table: 'a.b' | 'a.c'`). */
function tablesOf(target: string, text: string): string[] {
	const [, names] =
		new RegExp(`\\b${/^\w+$/.test(target) ? target : '-'}: ('[\\w.]+'(?:\\s*\\|\\s*'[\\w.]+')*)`).exec(
			text
		) ?? [];
	return (names?.split('|') ?? [target]).map((name) => name.replace(/['"\s]/g, ''));
}

/** Writes of a room into tables that are not its own, or of which nobody can tell by reading. */
export function foreignWrites(room: string, files: readonly Source[]): string[] {
	return files.flatMap(({ path, text }) => {
		const targets = [...text.matchAll(KYSELY), ...rawSql(text).matchAll(RAW)].map((match) => match[1] ?? '');
		// A table of the transaction alone is nobody else's.
		return targets
			.flatMap((target) => tablesOf(target, text))
			.filter((target) => !target.startsWith(`${room}.`) && !target.startsWith('pg_temp.'))
			.map((target) => `${path} → ${target}`);
	});
}

const isTest = (path: string) => /\.test\.ts$|\/test-[\w-]+\.ts$/.test(path);

describe('a room', () => {
	test.each(ORDER)('%s writes only into its own tables', (room) => {
		const files = sources(`src/slices/${room}`, /\.(ts|svelte)$/).filter((file) => !isTest(file.path));
		expect(foreignWrites(room, files)).toEqual([]);
	});
	test('writes somewhere, so that the reading above reads something', () => {
		const all = ORDER.flatMap((room) => sources(`src/slices/${room}/server`, /\.ts$/));
		expect(foreignWrites('nobody', all).length).toBeGreaterThan(100);
	});
	test.each([
		`await tx.insertInto('plans.line').values(row).execute();`,
		`await tx.updateTable('plans.line as l').set(change).execute();`,
		`await tx.deleteFrom(table).execute();`,
		`const empty = (tx: Tx, table: 'needs.gap' | 'plans.line') => tx.deleteFrom(table).execute();`,
		'await sql`insert into plans.line (id) values (${id})`.execute(tx);',
		'await sql<{ id: string }>`with gone as (delete from plans.line where id = ${id} returning id) select id from gone`.execute(tx);',
		'await sql`update platform.event set attempts = 0`.execute(tx);',
		'await sql`update ${sql.table(name)} set a = 1`.execute(tx);'
	])('that writes elsewhere is caught: %s', (text) => {
		expect(foreignWrites('needs', [{ path: 'src/slices/needs/server/a.ts', text }])).toHaveLength(1);
	});
	test('may lock, and may settle a conflict in its own table', () => {
		const text = `sql\`select id from plans.line for update of l; insert into needs.gap (id) values (1)
			on conflict (id) do update set id = excluded.id\``;
		expect(foreignWrites('needs', [{ path: 'a.ts', text }])).toEqual([]);
	});
});
