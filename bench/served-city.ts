import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const LONGEST_START_MS = 10 * 60_000;

const Account = z.object({ role: z.string(), username: z.string(), password: z.string() });
const Ready = z.object({ ready: z.literal(true), address: z.string(), accounts: z.array(Account) });
export type Account = z.infer<typeof Account>;

export type ServedCity = {
	url: string;
	/** The printed account whose role begins so. */
	account: (role: string) => Account;
	/** Resident memory of the app's process (not PostgreSQL's), MB. */
	memory: () => number;
	stop: () => Promise<void>;
};

/**
 * The built app with the demo city as `npm start` serves it: one process and the embedded PostgreSQL, data in a
 * temporary folder. A city once filled is used again with BENCH_CITY_DATA (a folder that is then kept).
 */
export async function serveCity(): Promise<ServedCity> {
	const kept = process.env['BENCH_CITY_DATA'];
	const data = kept ?? mkdtempSync(join(tmpdir(), 'asah-bench-city-'));
	const server = spawn(process.execPath, [join(ROOT, 'scripts/serve.ts')], {
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		env: { ...inherited(), NODE_ENV: 'production', PORT: String(await freePort()), ASAH_DATA: data }
	});
	const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	const stop = async (): Promise<void> => {
		server.kill('SIGTERM');
		await ended;
		if (kept === undefined) rmSync(data, { recursive: true, force: true });
	};
	const ready = await new Promise<z.infer<typeof Ready>>((resolve, reject) => {
		const late = setTimeout(() => reject(new Error('the city did not open in time')), LONGEST_START_MS);
		server.on('message', (message) => {
			const read = Ready.safeParse(message);
			if (!read.success) return;
			clearTimeout(late);
			resolve(read.data);
		});
		server.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)));
	}).catch(async (error: unknown) => {
		await stop();
		throw error;
	});
	return {
		url: ready.address.replace(/\/$/, ''),
		account: (role) => {
			const found = ready.accounts.find((account) => account.role.startsWith(role));
			if (!found) throw new Error(`the city printed no account “${role}”`);
			return found;
		},
		memory: () =>
			Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)], { encoding: 'utf8' })) / 1024,
		stop
	};
}

export type Cookies = Map<string, string>;
export const cookieLine = (cookies: Cookies): string =>
	[...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** Signs in as the form does; the cookies are those that a browser would keep. */
export async function signIn(url: string, { username, password }: Account): Promise<Cookies> {
	const cookies: Cookies = new Map();
	const answer = await fetch(`${url}/sign-in`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({ username, password })
	});
	keep(cookies, answer);
	if (answer.status !== 303) throw new Error(`signing in as ${username} answered ${answer.status}`);
	return cookies;
}

/** A page as that browser asks for it; cookies that it renews are kept. */
export async function pageOf(url: string, cookies: Cookies): Promise<string> {
	const answer = await fetch(url, { headers: { cookie: cookieLine(cookies) }, redirect: 'manual' });
	keep(cookies, answer);
	if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
	return answer.text();
}

function keep(cookies: Cookies, answer: Response): void {
	for (const line of answer.headers.getSetCookie()) {
		const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
		if (name !== undefined && value !== undefined) cookies.set(name, value);
	}
}

/** Settings of the person who measures do not belong to the measured server. */
const inherited = (): NodeJS.ProcessEnv =>
	Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(ASAH_|DATABASE_URL$|HOST$|PORT$|NODE_OPTIONS$)/.test(name)
		)
	);

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().on('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
