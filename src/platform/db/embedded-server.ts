import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	closeSync,
	existsSync,
	openSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startProblem } from '../start-problem.ts';
import { forgetHalfMade, type Home, type Say } from './embedded-home.ts';
import { pause } from './postmaster.ts';

export type ServerOptions = {
	say?: Say;
	/** false: for tests, whose data nobody misses; a power cut may then spoil the folder. */
	durable?: boolean;
};

const MAJOR = '18';
const RECOVERY_LIMIT_MS = 10 * 60_000;
export const run = promisify(execFile);

// One machine with two cores carries the server and the app: a cache for the city's working set, plans without
// parallel workers (they would take the app's core and need /dev/shm, which containers keep small).
const TUNING = {
	shared_buffers: '256MB',
	effective_cache_size: '1GB',
	work_mem: '16MB',
	maintenance_work_mem: '128MB',
	max_connections: '80',
	max_parallel_workers_per_gather: '0',
	random_page_cost: '1.1',
	wal_compression: 'on',
	max_wal_size: '1GB',
	// A client that was killed must not keep its locks for long.
	client_connection_check_interval: '5s',
	timezone: 'UTC',
	log_timezone: 'UTC',
	logging_collector: 'on',
	log_filename: 'postgres-%a.log',
	log_truncate_on_rotation: 'on',
	log_rotation_age: '1d',
	log_rotation_size: '0'
};
const FOR_TESTS = {
	fsync: 'off',
	synchronous_commit: 'off',
	full_page_writes: 'off',
	max_connections: '120'
};

/** initdb into a folder beside, then one rename: a start that was cut short leaves nothing that looks finished. */
export async function makeCluster(home: Home, durable: boolean, say: Say): Promise<void> {
	const versionFile = join(home.data, 'PG_VERSION');
	if (existsSync(versionFile)) {
		const version = readFileSync(versionFile, 'utf8').trim();
		if (version !== MAJOR) throw startProblem('data.version', { folder: home.data, version, wanted: MAJOR });
		return;
	}
	forgetHalfMade(home);
	say('database.create');
	const half = `${home.data}.${process.pid}`;
	const auth =
		home.socketFolder === null ? passwordArguments(home) : ['--auth-local=trust', '--auth-host=reject'];
	// The built-in locale gives the same order and case rules on every machine, whatever its C library.
	const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
	try {
		await run(
			join(home.native, 'bin', 'initdb'),
			['-D', half, '-U', 'asah', '--data-checksums', ...locale, ...auth, ...(durable ? [] : ['--no-sync'])],
			{ ...home.runAs, cwd: home.folder, env: serverEnvironment() }
		);
	} catch (error) {
		rmSync(half, { recursive: true, force: true });
		throw startProblem('database.initFailed', { folder: home.folder, log: textOf(error) }, error);
	}
	renameSync(half, home.data);
}

/** Starts the server and answers with a connection to it; throws its own last words when it does not come up. */
export async function launch(home: Home, port: number, options: ServerOptions): Promise<pg.Client> {
	const started = Date.now();
	let told = false;
	for (;;) {
		const server = spawnServer(home, port, options);
		while (
			server.exitCode === null &&
			server.signalCode === null &&
			Date.now() - started < RECOVERY_LIMIT_MS
		) {
			const client = await connect(home, port, home.socketFolder);
			if (client) return client;
			if (!told && Date.now() - started > 3000) {
				options.say?.('database.replaying');
				told = true;
			}
			await pause(20);
		}
		const log = lastWords(home, server.pid ?? 0);
		// Processes of a server killed a moment ago still hold its memory; they notice and end by themselves.
		const lingering = log.includes('shared memory') && Date.now() - started < 30_000;
		if (!lingering) throw startProblem('database.failed', { log, folder: home.folder });
		await pause(200);
	}
}

/** Lines that this server process wrote at the end, from whichever log it had by then. */
function lastWords(home: Home, pid: number): string {
	const folder = join(home.folder, 'log');
	const lines = readdirSync(folder).flatMap((name) =>
		readFileSync(join(folder, name), 'utf8').split('\n').slice(-200)
	);
	const own = lines.filter(
		(line) => line.includes(`[${pid}] `) && /(FATAL|PANIC|ERROR|DETAIL|HINT): /.test(line)
	);
	return (own.length > 0 ? own : readFileSync(startLog(home), 'utf8').split('\n')).slice(-6).join('\n');
}

const startLog = (home: Home): string => join(home.folder, 'log', 'start.log');

function spawnServer(home: Home, port: number, options: ServerOptions): ChildProcess {
	const settings = {
		...TUNING,
		log_directory: join(home.folder, 'log'),
		port: String(port),
		listen_addresses: home.socketFolder === null ? '127.0.0.1' : '',
		unix_socket_directories: home.socketFolder ?? '',
		unix_socket_permissions: '0700',
		...(options.durable === false ? FOR_TESTS : {})
	};
	const args = [
		'-D',
		home.data,
		...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
	];
	const log = openSync(startLog(home), 'w', 0o600);
	try {
		// Detached: Ctrl-C in the terminal is for us; the server is stopped after the last request has its answer.
		const server = spawn(join(home.native, 'bin', 'postgres'), args, {
			...home.runAs,
			cwd: home.folder,
			env: serverEnvironment(),
			detached: true,
			stdio: ['ignore', log, log]
		});
		server.on('error', (error) => writeFileSync(startLog(home), error.message));
		server.unref();
		return server;
	} finally {
		closeSync(log);
	}
}

export async function connect(
	home: Home,
	port: number,
	socketFolder: string | null
): Promise<pg.Client | null> {
	const client = new pg.Client({
		connectionString: addressOf({ ...home, socketFolder }, 'postgres', port),
		connectionTimeoutMillis: 5000
	});
	// Kept for the client's life: a broken connection is told by its 'end'.
	client.on('error', () => undefined);
	try {
		await client.connect();
		return client;
	} catch {
		return null;
	}
}

export function addressOf(home: Home, database: string, port: number): string {
	if (home.socketFolder !== null)
		return `postgres:///${database}?host=${encodeURIComponent(home.socketFolder)}&port=${port}&user=asah`;
	return `postgres://asah:${readFileSync(join(home.folder, 'password'), 'utf8')}@127.0.0.1:${port}/${database}`;
}

/** Windows has no private sockets: loopback with a password that only this user can read. */
function passwordArguments(home: Home): string[] {
	const file = join(home.folder, 'password');
	writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
	return ['--auth=scram-sha-256', `--pwfile=${file}`];
}

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().on('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

/** Nothing of the person's PostgreSQL settings (PGDATA, PGPORT, PGOPTIONS …) may reach this server. */
function serverEnvironment(): NodeJS.ProcessEnv {
	const own = Object.entries(process.env).filter(
		([name]) => !name.startsWith('PG') && !name.startsWith('LC_')
	);
	return { ...Object.fromEntries(own), LC_ALL: 'C', TZ: 'UTC' };
}

const textOf = (error: unknown): string =>
	error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' && error.stderr
		? error.stderr.trim()
		: String(error);
