import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes `src/platform/db/types.gen.ts` from a migrated database (first argument: its address).
 * The house test runs it again and compares.
 */
const url = process.argv[2];
const out = process.argv[3] ?? join(import.meta.dirname, '../src/platform/db/types.gen.ts');
if (!url) throw new Error('usage: node scripts/generate-types.ts <postgres address> [out file]');

// A view tells nothing of nullability, and ltree is unknown to the generator.
const OVERRIDES = {
	'people.unit.path': 'string',
	...Object.fromEntries(
		[
			'agency_id',
			'person_id',
			'name',
			'sex',
			'employment_kind',
			'post_title',
			'post_kind',
			'post_level',
			'unit_id',
			'unit_name',
			'unit_path'
		].map((column) => [`people.staff.${column}`, 'string'])
	),
	'people.staff.is_head': 'boolean',
	'people.staff.restricted': 'boolean'
};

execFileSync(
	join(import.meta.dirname, '../node_modules/.bin/kysely-codegen'),
	[
		'--dialect',
		'postgres',
		'--url',
		url,
		'--out-file',
		out,
		'--date-parser',
		'string',
		'--numeric-parser',
		'number',
		'--type-only-imports',
		'--singularize=false',
		'--log-level',
		'error',
		'--exclude-pattern',
		'(auth|pgboss).*',
		'--overrides',
		JSON.stringify({ columns: OVERRIDES })
	],
	{ stdio: 'inherit' }
);

// int8 arrives as a number (src/platform/db/db.ts); ltree as its text.
const source = readFileSync(out, 'utf8')
	.replace(
		/export type Int8 = .*?;/,
		'export type Int8 = ColumnType<number, number | string, number | string>;'
	)
	.replaceAll(
		'import type { ColumnType, JSONColumnType } from',
		'import type { ColumnType, JSONColumnType } from'
	);
writeFileSync(out, source);
