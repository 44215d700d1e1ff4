import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../start-problem.ts';
import { startEmbedded, type EmbeddedDatabase } from './embedded.ts';
import { ended, isPostgres, postmasterOf } from './postmaster.ts';

// A server of its own: what is tested is how it lives and dies. Durable, as in an installation.
const folder = mkdtempSync(join(tmpdir(), 'asah-embedded-'));
const data = join(folder, 'postgres', 'data');
let server: EmbeddedDatabase;

beforeAll(async () => {
	server = await startEmbedded(folder);
	await ask('create table kept (n int primary key)');
}, 60_000);
afterAll(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function ask(statement: string): Promise<unknown[]> {
	const client = new pg.Client({ connectionString: server.url });
	client.on('error', () => undefined);
	await client.connect();
	try {
		return (await client.query(statement)).rows;
	} finally {
		await client.end();
	}
}

const postmaster = (): number => postmasterOf(data)?.pid ?? 0;

describe('the embedded PostgreSQL', () => {
	test('keeps what it acknowledged on the disk, checks its pages, and listens to nobody on the network', async () => {
		const settings = await ask(
			`select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums') order by 1`
		);
		expect(settings).toEqual(
			['data_checksums', 'fsync', 'full_page_writes', 'synchronous_commit'].map((name) => ({
				name,
				setting: 'on'
			}))
		);
		if (process.platform !== 'win32')
			expect(await ask('show listen_addresses')).toEqual([{ listen_addresses: '' }]);
	});

	test('knows capital letters beyond ASCII, the same on every machine', async () => {
		expect(await ask(`select lower('ÉÑ') as lower, 'é' ilike 'É' as same`)).toEqual([
			{ lower: 'éñ', same: true }
		]);
	});

	test('a second start on the same folder is refused and harms nobody', async () => {
		const before = postmaster();
		const problem = await startEmbedded(folder).then(() => null, problemOf);
		expect(problem?.code).toBe('data.inUse');
		expect(postmaster()).toBe(before);
		await ask('insert into kept values (1)');
	});

	test('killed alone, it is brought back under the running app with all that was acknowledged', async () => {
		await ask('insert into kept values (2)');
		const before = postmaster();
		process.kill(before, 'SIGKILL');
		await expect
			.poll(() => ask('select n from kept order by n').catch(() => []), { timeout: 20_000 })
			.toEqual([{ n: 1 }, { n: 2 }]);
		expect(postmaster()).not.toBe(before);
	});

	test.skipIf(process.platform === 'win32')(
		'when its Asah is killed it ends by itself, cleanly',
		async () => {
			await server.stop();
			const owner = spawn(process.execPath, [
				'--input-type=module',
				'-e',
				`import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
			const server = await startEmbedded(${JSON.stringify(folder)});
			console.log('up');
			setInterval(() => server, 1000);`
			]);
			await new Promise((resolve) => owner.stdout.once('data', resolve));
			const left = postmaster();
			expect(isPostgres(left)).toBe(true);
			owner.kill('SIGKILL');
			expect(await ended(left, 20_000)).toBe(true);
			expect(postmasterOf(data)).toBeNull();
			server = await startEmbedded(folder);
			expect(await ask('select n from kept order by n')).toEqual([{ n: 1 }, { n: 2 }]);
		}
	);

	test('stopped, it leaves no process and comes back with its data', async () => {
		const before = postmaster();
		await server.stop();
		expect(isPostgres(before)).toBe(false);
		server = await startEmbedded(folder);
		expect(await ask('select count(*)::int as n from kept')).toEqual([{ n: 2 }]);
	});
});
