import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SERVER_FLAGS } from '../scripts/pinned.mjs';

const ROOT = join(import.meta.dirname, '..');
const LONGEST_START_MS = 10 * 60_000;

const Account = z.object({ role: z.string(), username: z.string(), password: z.string() });
const Ready = z.object({ ready: z.literal(true), address: z.string(), accounts: z.array(Account) });
export type Account = z.infer<typeof Account>;

export type ServedCity = {
	url: string;
	/** Address of its database, as the owner: for what a bench puts there that no screen does. */
	database: () => string;
	/** The printed account whose role begins so. */
	account: (role: string) => Account;
	/** Resident memory of the app's process (not PostgreSQL's), MB. */
	memory: () => number;
	/** CPU time so far of the app and of PostgreSQL, ms; null where there is no /proc. Steadier than throughput on a busy machine. */
	cpu: () => { app: number; database: number } | null;
	stop: () => Promise<void>;
};

/**
 * The built app with the demo city as `npm start` serves it: one process and the embedded PostgreSQL, data in a
 * temporary folder. A city once filled is used again with BENCH_CITY_DATA (a folder that is then kept).
 */
export async function serveCity(): Promise<ServedCity> {
	const kept = process.env['BENCH_CITY_DATA'];
	const data = kept ?? mkdtempSync(join(tmpdir(), 'asah-bench-city-'));
	const server = spawn(process.execPath, [...SERVER_FLAGS, join(ROOT, 'scripts/serve.ts')], {
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
		database: () => databaseOf(join(data, 'postgres/data/postmaster.pid')),
		account: (role) => {
			const found = ready.accounts.find((account) => account.role.startsWith(role));
			if (!found) throw new Error(`the city printed no account “${role}”`);
			return found;
		},
		memory: () =>
			Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)], { encoding: 'utf8' })) / 1024,
		cpu: () =>
			existsSync('/proc/self/stat') && server.pid !== undefined
				? { app: ticksOf(server.pid), database: databaseTicks(join(data, 'postgres/data/postmaster.pid')) }
				: null,
		stop
	};
}

/** Fields of /proc/<pid>/stat after the name: [1] the parent, [11] and [12] ticks of 10 ms as user and as system. */
function statOf(pid: number | string): number[] {
	try {
		return (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ').map(Number);
	} catch {
		// It ended while the others were read.
		return [];
	}
}
const ticksOf = (pid: number | string): number => ((statOf(pid)[11] ?? 0) + (statOf(pid)[12] ?? 0)) * 10;

function databaseTicks(pidFile: string): number {
	const postmaster = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && statOf(name)[1] === postmaster)
		.reduce((sum, name) => sum + ticksOf(name), 0);
}

/** Lines 4 and 5 of the file by which PostgreSQL says where it listens: port, and folder of its socket. */
function databaseOf(pidFile: string): string {
	const [, , , port = '', folder = ''] = readFileSync(pidFile, 'utf8').split('\n');
	return `postgres://asah@/asah?host=${encodeURIComponent(folder)}&port=${port}`;
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
