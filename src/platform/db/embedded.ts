import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { startProblem } from '../start-problem.ts';
import { prepareHome, type Home, type Say } from './embedded-home.ts';
import {
	addressOf,
	connect,
	freePort,
	launch,
	makeCluster,
	run,
	type ServerOptions
} from './embedded-server.ts';
import { ended, isPostgres, pause, postmasterOf, takesSignals, type Postmaster } from './postmaster.ts';

/** The PostgreSQL server that Asah carries, running on a folder of its own. */
export type EmbeddedDatabase = {
	/** Address of the database `asah`, as its owner. */
	url: string;
	/** Waits for a checkpoint and ends the server; after it nothing of ours runs any more. */
	stop: () => Promise<void>;
	/** Settles when the server is gone for good without being asked and could not be brought back. */
	lost: Promise<void>;
};

/** Held, in the database postgres, by the one Asah that uses the folder. */
const OWNER_LOCK = 4_150_212;

/**
 * Starts the server on `dataFolder`, making it at first use. A server left behind by a killed Asah is stopped cleanly
 * first, so that what runs is always what this version asks for. Throws a start problem when another Asah uses the
 * folder, when it belongs to another user or version, or when the server does not come up.
 */
export async function startEmbedded(
	dataFolder: string,
	options: ServerOptions = {}
): Promise<EmbeddedDatabase> {
	const say = options.say ?? (() => undefined);
	const home = prepareHome(dataFolder, say);
	await makeCluster(home, options.durable ?? true, say);
	let stopping = false;
	let server = await bringUp(home, options, say);
	let giveUp: () => void = () => undefined;
	const lost = new Promise<void>((resolve) => (giveUp = resolve));

	const watch = (): void => {
		server.keeper.once('end', () => {
			if (!stopping) void recover().catch(giveUp);
		});
	};
	// The server was killed, or one of its processes was and it is starting over: bring it back under the running app.
	const recover = async (): Promise<void> => {
		say('database.recovering');
		server.watchdog?.kill('SIGKILL');
		server = await bringUp(home, options, say);
		if (stopping) return shutDown(home, server);
		say('database.recovered');
		watch();
	};
	watch();
	return {
		url: addressOf(home, 'asah', server.port),
		lost,
		stop: async () => {
			if (stopping) return;
			stopping = true;
			await shutDown(home, server);
		}
	};
}

type Server = { port: number; keeper: pg.Client; watchdog: ChildProcess | null };

async function bringUp(home: Home, options: ServerOptions, say: Say): Promise<Server> {
	await settle(home, say);
	const port = home.socketFolder === null ? await freePort() : 5432;
	const keeper = await launch(home, port, options);
	if (!(await takeOwnership(keeper))) {
		await keeper.end();
		throw startProblem('data.inUse', { folder: home.folder });
	}
	const known = await keeper.query("select from pg_database where datname = 'asah'");
	if (known.rowCount === 0) await keeper.query('create database asah');
	return { port, keeper, watchdog: watchOver(home) };
}

/** Ends a server that a killed Asah left on this folder, unless another living Asah is using it. */
async function settle(home: Home, say: Say): Promise<void> {
	const until = Date.now() + 60_000;
	let asked = false;
	for (let found = postmasterOf(home.data); found; found = postmasterOf(home.data)) {
		if (!isPostgres(found.pid)) return sweep(home, found.pid);
		if (!asked) {
			const free = await nobodyOwns(home, found);
			if (free === false) throw startProblem('data.inUse', { folder: home.folder });
			if (free) {
				say('database.leftOver');
				await requestStop(home, found.pid);
				asked = true;
			}
		}
		if (Date.now() > until) throw startProblem('database.stuck', { pid: found.pid, folder: home.folder });
		await pause(50);
	}
}

/**
 * PostgreSQL tidies up after a dead server by itself, unless the dead one's number now belongs to another program (or,
 * without an init, to a process that was never collected): then it would take that for a living server.
 */
function sweep(home: Home, pid: number): void {
	if (!takesSignals(pid)) return;
	rmSync(join(home.data, 'postmaster.pid'), { force: true });
	if (home.socketFolder === null) return;
	for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
		rmSync(join(home.socketFolder, name), { force: true });
}

/** Null while the server is starting or stopping and does not say. */
async function nobodyOwns(home: Home, found: Postmaster): Promise<boolean | null> {
	const client = await connect(home, found.port, found.socketFolder);
	if (!client) return null;
	try {
		return await takeOwnership(client);
	} catch {
		return null;
	} finally {
		await client.end().catch(() => undefined);
	}
}

async function takeOwnership(client: pg.Client): Promise<boolean> {
	const taken = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
		OWNER_LOCK
	]);
	return taken.rows[0]?.taken ?? false;
}

/**
 * A shell that stops the server cleanly when this process is killed: it reads from us, and our end closes with us.
 */
function watchOver(home: Home): ChildProcess | null {
	const pid = postmasterOf(home.data)?.pid;
	if (pid === undefined || process.platform === 'win32') return null;
	const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'asah-watchdog', String(pid)], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore']
	});
	watchdog.on('error', () => undefined);
	watchdog.unref();
	return watchdog;
}

/** A fast shutdown: open transactions are rolled back, a checkpoint is written, the server ends. */
async function shutDown(home: Home, server: Server): Promise<void> {
	const found = postmasterOf(home.data);
	server.watchdog?.kill('SIGKILL');
	await server.keeper.end().catch(() => undefined);
	if (!found || !isPostgres(found.pid)) return;
	await requestStop(home, found.pid);
	if (!(await ended(found.pid, 120_000)))
		throw startProblem('database.stuck', { pid: found.pid, folder: home.folder });
}

async function requestStop(home: Home, pid: number): Promise<void> {
	if (process.platform !== 'win32') process.kill(pid, 'SIGINT');
	else await run(join(home.native, 'bin', 'pg_ctl'), ['stop', '-D', home.data, '-m', 'fast', '-w']);
}
