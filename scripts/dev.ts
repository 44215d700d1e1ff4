// `npm run dev`: the same start of the database as `npm start`, then Vite with the screens reloading as they are edited.
import { createServer } from 'vite';
import { ROOT } from './installed.mjs';
import { announce } from './serve/announce.ts';
import { connectionsLeft, isLostConnection } from './serve/connections.ts';
import { openServer, prepareDatabase, type DatabaseServer } from './serve/database.ts';
import { reactionKey } from './serve/reaction-key.ts';
import { complainOf, settingsOrEnd } from './serve/trouble.ts';
import { say } from './terminal.mjs';

const started = Date.now();
const settings = settingsOrEnd();
let database: DatabaseServer | undefined;
let vite: Awaited<ReturnType<typeof createServer>> | undefined;
let stopping: Promise<never> | undefined;

function stop(exitCode: number): Promise<never> {
	stopping ??= (async () => {
		await vite?.close();
		process.emit('sveltekit:shutdown', 'SIGTERM');
		if (vite && database) await connectionsLeft(database.url, 3000);
		await database?.stop();
		process.exit(exitCode);
	})();
	return stopping;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(signal, () => void stop(0));

process.on('uncaughtException', (error) => {
	if (isLostConnection(error)) return;
	console.error(error);
	void stop(1);
});

try {
	database = await openServer(settings);
	const ready = await prepareDatabase(settings, database.url, ROOT, () => undefined);
	process.env['DATABASE_URL'] = ready.url;
	process.env['ASAH_SECRET'] = ready.secret;
	process.env['REACTION_KEY'] = reactionKey(settings.dataFolder);
	process.env['ASAH_LOG'] = settings.log;
	process.chdir(ROOT);
	vite = await createServer({
		root: ROOT,
		server: { host: settings.host, port: settings.port, strictPort: true }
	});
	await vite.listen();
	const [address] = vite.resolvedUrls?.local ?? [];
	announce((address ?? `http://localhost:${settings.port}`).replace(/\/$/, ''), ready, Date.now() - started);
	say('dev.reload');
} catch (error) {
	if (!stopping) await stop(complainOf(error));
}
