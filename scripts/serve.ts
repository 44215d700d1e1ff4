// The server process of `npm start`: settings, database, app, door; and the way back out.
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startProblem } from '#platform/start-problem.ts';
import type { Settings } from '#platform/settings.ts';
import { BUILD } from './built.mjs';
import { ROOT } from './installed.mjs';
import { forgetRunning, noteRunning, runningAt, type Running } from './running.mjs';
import { announce } from './serve/announce.ts';
import { openServer, prepareDatabase, type DatabaseServer } from './serve/database.ts';
import { openDoor, type Door, type Handler } from './serve/door.ts';
import { connectionsLeft, isLostConnection } from './serve/connections.ts';
import { reactionKey } from './serve/reaction-key.ts';
import { complainOf, settingsOrEnd } from './serve/trouble.ts';
import { say } from './terminal.mjs';

/** Requests under way when the stop is asked for get this long to end. */
const LAST_REQUESTS_MS = 10_000;

const opened: {
	door?: Door;
	database?: DatabaseServer;
	builder?: ChildProcess;
	loader?: ChildProcess;
	ready?: boolean;
} = {};
let stopping: Promise<void> | undefined;

async function start(settings: Settings): Promise<void> {
	const started = Date.now();
	const running = await runningAt(settings.dataFolder);
	if (running) {
		say('start.already', { address: running.address });
		process.exit(0);
	}
	const door = (opened.door = await openDoor(settings));
	const database = (opened.database = await openServer(settings));
	void database.lost.then(() => stop('stop.databaseLost', 1));
	const mark = { pid: process.pid, instance: door.instance, address: door.address, probe: door.probe };
	if (settings.databaseUrl === null) noteRunning(settings.dataFolder, mark);
	// Side by side: most of a first start is the build on one core and the demo city on the other.
	const [ready] = await Promise.all([
		prepareDatabase(settings, database.url, ROOT, (loader) => (opened.loader = loader)),
		buildApp()
	]);
	noteServed(mark);
	process.env['DATABASE_URL'] = ready.url;
	process.env['ASAH_SECRET'] = ready.secret;
	process.env['REACTION_KEY'] = reactionKey(settings.dataFolder);
	door.open(await loadApp(settings));
	opened.ready = true;
	announce(door.address, ready, Date.now() - started);
	if (settings.openAccess !== null)
		fork(join(import.meta.dirname, 'serve/open-access.ts'), [settings.openAccess]);
}

/** Only spares a later build the mistake of replacing files under us; another user's build folder is safe anyway. */
function noteServed(mark: Running): void {
	try {
		noteRunning(BUILD, mark);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error;
	}
}

/** In a process of its own, whose memory goes back when it ends; it says itself what went wrong. */
async function buildApp(): Promise<void> {
	const builder = (opened.builder = fork(join(import.meta.dirname, 'build.mjs'), { stdio: 'inherit' }));
	const code = await new Promise<number | null>((resolve) => builder.once('exit', resolve));
	if (code !== 0) throw startProblem('build.notMade');
}

/** The built app, with the settings that its adapter reads from the environment while it loads. */
async function loadApp(settings: Settings): Promise<Handler> {
	const file = join(BUILD, 'handler.js');
	if (!existsSync(file)) throw startProblem('build.absent');
	// The door writes these headers itself, so they can be believed.
	process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
	process.env['ADDRESS_HEADER'] = 'x-forwarded-for';
	process.env['XFF_DEPTH'] = '1';
	if (settings.trustedProxies > 0) process.env['HOST_HEADER'] = 'x-forwarded-host';
	process.env['BODY_SIZE_LIMIT'] = '50M';
	process.env['ASAH_LOG'] = settings.log;
	const built: unknown = await import(pathToFileURL(file).href);
	if (!hasHandler(built)) throw new Error(`${file} has no handler`);
	return built.handler;
}

function hasHandler(built: unknown): built is { handler: Handler } {
	return (
		typeof built === 'object' && built !== null && 'handler' in built && typeof built.handler === 'function'
	);
}

/** No new requests, the last answers, background work, the database; in this order, once. */
function stop(why: string, exitCode: number): Promise<void> {
	stopping ??= (async () => {
		say(why);
		opened.builder?.kill();
		opened.loader?.kill('SIGKILL');
		await opened.door?.close(LAST_REQUESTS_MS);
		// The app ends its background work and its connections when it hears this.
		process.emit('sveltekit:shutdown', 'SIGTERM');
		if (opened.ready && opened.database) await connectionsLeft(opened.database.url, 5000);
		await opened.database?.stop();
		if (opened.door) {
			forgetRunning(read.dataFolder, opened.door.instance);
			forgetRunning(BUILD, opened.door.instance);
		}
		if (exitCode === 0) say('stop.done');
	})();
	return stopping.then(
		() => process.exit(exitCode),
		(error: unknown) => process.exit(complainOf(error))
	);
}

const read = settingsOrEnd();

process.title = 'asah';
process.on('SIGINT', () => void stop('stop.begin', 0));
process.on('SIGTERM', () => void stop('stop.begin', 0));
process.on('SIGHUP', () => void stop('stop.begin', 0));
// The process that started us was killed: nobody is left to stop us later.
process.on('disconnect', () => void stop('stop.begin', 0));
process.on('uncaughtException', (error) => {
	// An idle connection that nobody listens to ended with its server: the pool opens another when it needs one.
	if (isLostConnection(error)) return;
	console.error(error);
	void stop('stop.crash', 1);
});

try {
	await start(read);
} catch (error) {
	// An error while stopping is the stop's own doing.
	if (stopping) await stopping;
	else await stop('stop.failed', complainOf(error));
}
