import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

// Not beside this file: the server is bundled, and always runs in the repository's folder.
const FOLDER = join(process.cwd(), 'db/migrations');
const LOCK = 4_150_211;

/**
 * `comment on` statements for every column that carries text behind `--` inside a `create table`, or behind the
 * `add column` of an `alter table` whose name stands on a line of its own.
 */
export function commentsOf(source: string): string[] {
	const statements: string[] = [];
	let table = '';
	for (const line of source.split('\n')) {
		const opening = /^(?:create table (\S+) \(|alter table (\S+))$/.exec(line);
		const opened = opening?.[1] ?? opening?.[2];
		if (opened) table = opened;
		const column = /^\t(?:add column )?("?\w+"?) .*?-- (.+)$/.exec(line);
		if (table && column?.[1] && column[2])
			statements.push(`comment on column ${table}.${column[1]} is '${column[2].replaceAll("'", "''")}'`);
		if (line.replace(/\s*--.*$/, '').endsWith(';')) table = '';
	}
	return statements;
}

/** Migrations in the order of their numbers; a file once applied must never change. */
async function migrationFiles(folder: string): Promise<{ name: string; source: string; hash: string }[]> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
	return Promise.all(
		names.map(async (name) => {
			const source = await readFile(join(folder, name), 'utf8');
			return { name, source, hash: createHash('sha256').update(source).digest('hex') };
		})
	);
}

/**
 * Brings the database of `url` to the newest schema, as its owner, each file in one transaction, one process at a time.
 * Refuses to go on when an applied file was edited afterwards.
 */
export async function migrate(url: string, folder = FOLDER): Promise<{ applied: string[] }> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query('select pg_advisory_lock($1)', [LOCK]);
		await client.query('set client_min_messages to warning');
		await client.query(
			'create table if not exists public.asah_migration (name text primary key, hash text not null, at timestamptz not null default now())'
		);
		const known = await client.query<{ name: string; hash: string }>(
			'select name, hash from public.asah_migration'
		);
		const hashes = new Map(known.rows.map((row) => [row.name, row.hash]));
		const applied: string[] = [];
		for (const file of await migrationFiles(folder)) {
			const hash = hashes.get(file.name);
			if (hash !== undefined && hash !== file.hash)
				throw new Error(
					`Migration ${file.name} was changed after it had been applied; add a new file instead.`
				);
			if (hash !== undefined) continue;
			await apply(client, file);
			applied.push(file.name);
		}
		return { applied };
	} finally {
		await client.end();
	}
}

async function apply(client: pg.Client, file: { name: string; source: string; hash: string }): Promise<void> {
	try {
		await client.query('begin');
		await client.query(file.source);
		for (const statement of commentsOf(file.source)) await client.query(statement);
		await client.query('insert into public.asah_migration (name, hash) values ($1, $2)', [
			file.name,
			file.hash
		]);
		await client.query('commit');
	} catch (error) {
		await client.query('rollback');
		throw new Error(`Migration ${file.name} failed`, { cause: error });
	}
}

/** Names of migration files that are not applied yet; for /health. */
export async function pendingMigrations(pool: pg.Pool, folder = FOLDER): Promise<string[]> {
	const known = await pool.query<{ name: string }>('select name from public.asah_migration');
	const names = new Set(known.rows.map((row) => row.name));
	return (await migrationFiles(folder)).map((file) => file.name).filter((name) => !names.has(name));
}
