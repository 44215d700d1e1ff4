import type { ChildProcess } from 'node:child_process';
import { startEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { checkOwnServer } from '#platform/db/own-server.ts';
import type { Settings } from '#platform/settings.ts';
import { startProblem } from '#platform/start-problem.ts';
import { say } from '../terminal.mjs';
import {
	asOwner,
	demoAccounts,
	firstRunToken,
	hasAgency,
	isHalfLoaded,
	loadDemoCity,
	secretOf,
	type DemoAccount
} from './first-data.ts';

/** A migrated database with something in it. */
export type ReadyDatabase = {
	url: string;
	secret: string;
	accounts: DemoAccount[];
	/** One-time token of the first-run page, when there is no agency yet. */
	firstRun: string | null;
};

export type DatabaseServer = {
	url: string;
	stop: () => Promise<void>;
	/** Settles when the embedded server cannot be brought back; never for an own server, whose pool reconnects. */
	lost: Promise<void>;
};

/** The embedded server, or the installation's own one after a check that it can carry Asah. */
export async function openServer(settings: Settings): Promise<DatabaseServer> {
	if (settings.databaseUrl === null) {
		// PGSSLMODE and the like of the person's own work must not reach connections to our server.
		for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
		return startEmbedded(settings.dataFolder, { say });
	}
	await checkOwnServer(settings.databaseUrl);
	return { url: settings.databaseUrl, stop: async () => undefined, lost: new Promise(() => undefined) };
}

/** Migrates, fills an empty database, and reads what the start has to tell. */
export async function prepareDatabase(
	settings: Settings,
	url: string,
	root: string,
	loading: (loader: ChildProcess) => void
): Promise<ReadyDatabase> {
	const { applied } = await migrate(url);
	if (applied.length > 0) say('database.migrated', { count: applied.length });
	const halfLoaded = await asOwner(url, isHalfLoaded);
	// Nobody has worked in a half-made city; left like this it would look like a real one with holes.
	if (halfLoaded && !settings.demo) throw startProblem('demo.halfLoaded');
	if (settings.demo && (halfLoaded || !(await asOwner(url, hasAgency)))) {
		say(halfLoaded ? 'demo.again' : 'demo.begin');
		if (!(await loadDemoCity(url, root, loading))) say('demo.absent');
	}
	return asOwner(url, async (client) => ({
		url,
		secret: await secretOf(client),
		accounts: await demoAccounts(client),
		firstRun: (await hasAgency(client)) ? null : await firstRunToken(client)
	}));
}
