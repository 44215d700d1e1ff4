import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';

/**
 * An empty migrated database that only this bench uses: on the server of BENCH_DATABASE_URL (an owner's address), else
 * on the embedded PostgreSQL in a temporary folder, as an installation would run it.
 */
export async function benchDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
	const given = process.env['BENCH_DATABASE_URL'];
	if (given === undefined) {
		const folder = mkdtempSync(join(tmpdir(), 'asah-bench-'));
		const server = await startEmbedded(folder);
		await migrate(server.url);
		return {
			url: server.url,
			drop: async () => {
				await server.stop();
				rmSync(folder, { recursive: true, force: true });
			}
		};
	}
	const name = `asah_bench_${process.pid}`;
	await onServer(given, `create database ${name}`);
	const address = new URL(given);
	address.pathname = `/${name}`;
	await migrate(address.href);
	return { url: address.href, drop: () => onServer(given, `drop database ${name} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query(statement);
	await client.end();
}
