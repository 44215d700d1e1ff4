import { createHash, randomBytes } from 'node:crypto';
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { startProblem } from '#platform/start-problem.ts';
import { BRIEF_FLAGS } from '../pinned.mjs';

/** What this installation keeps about itself in platform.instance. */
const SECRET = 'secret';
const FIRST_RUN = 'first_run';
const DEMO_ACCOUNTS = 'demo_accounts';
/** Kept by demo/load.ts: 'loading' until the last row is there, then 'complete'. */
const DEMO_STATE = 'demo_state';

const Accounts = z.array(
	z.object({ role: z.string(), username: z.string(), password: z.string(), does: z.string() })
);
export type DemoAccount = z.infer<typeof Accounts>[number];

export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString: url });
	client.on('error', () => undefined);
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

/** The secret that signs cookies and links: made once, the same for as long as the database lives. */
export async function secretOf(client: pg.Client): Promise<string> {
	const made = randomBytes(32).toString('base64url');
	await client.query('insert into platform.instance (key, value) values ($1, $2) on conflict do nothing', [
		SECRET,
		made
	]);
	return (await noted(client, SECRET)) ?? made;
}

export async function hasAgency(client: pg.Client): Promise<boolean> {
	const found = await client.query('select from platform.agency limit 1');
	return found.rowCount === 1;
}

export const isHalfLoaded = async (client: pg.Client): Promise<boolean> =>
	(await noted(client, DEMO_STATE)) === 'loading';

/** The demo's accounts, or none when the agencies are real. */
export async function demoAccounts(client: pg.Client): Promise<DemoAccount[]> {
	const text = await noted(client, DEMO_ACCOUNTS);
	return text === null ? [] : Accounts.parse(JSON.parse(text));
}

/**
 * A new one-time token for the first-run page; the database keeps its fingerprint only, so every start of an empty
 * installation prints a new one and the former is worthless.
 */
export async function firstRunToken(client: pg.Client): Promise<string> {
	const token = randomBytes(24).toString('base64url');
	await note(client, FIRST_RUN, createHash('sha256').update(token).digest('hex'));
	return token;
}

/** What the loader says when the city can be opened; it then tidies the tables and ends by itself. */
export const COMPLETE = 'complete';

/**
 * Loads the demo city in a process of its own, whose memory goes back when it ends. The loader itself begins again
 * where it was cut short. Answers false when this copy of Asah has no demo.
 */
export async function loadDemoCity(
	url: string,
	root: string,
	started: (loader: ChildProcess) => void
): Promise<boolean> {
	if (!existsSync(join(root, 'demo', 'load.ts'))) return false;
	const loader = fork(join(import.meta.dirname, 'load-demo.ts'), [url], {
		execArgv: BRIEF_FLAGS,
		stdio: 'inherit'
	});
	started(loader);
	const complete = await new Promise<boolean>((resolve) => {
		loader.on('message', (message) => message === COMPLETE && resolve(true));
		loader.once('exit', (code) => resolve(code === 0));
	});
	if (!complete) throw startProblem('demo.failed');
	return true;
}

async function noted(client: pg.Client, key: string): Promise<string | null> {
	const found = await client.query<{ value: string }>('select value from platform.instance where key = $1', [
		key
	]);
	return found.rows[0]?.value ?? null;
}

async function note(client: pg.Client, key: string, value: string): Promise<void> {
	await client.query(
		'insert into platform.instance (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
		[key, value]
	);
}
