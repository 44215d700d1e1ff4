import type { ChildProcess } from 'node:child_process';
import pg from 'pg';
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
	if (await asOwner(url, isHalfLoaded)) await startOver(settings, url);
	if (settings.demo && !(await asOwner(url, hasAgency))) {
		say('demo.begin');
		if (!(await loadDemoCity(url, root, loading))) say('demo.absent');
	}
	return asOwner(url, async (client) => ({
		url,
		secret: await secretOf(client),
		accounts: await demoAccounts(client),
		firstRun: (await hasAgency(client)) ? null : await firstRunToken(client)
	}));
}

/** Nobody has worked in a city whose loading was cut short: it is made again from nothing. */
async function startOver(settings: Settings, url: string): Promise<void> {
	// On somebody's own server nothing is dropped unasked.
	if (settings.databaseUrl !== null) {
		const database = decodeURIComponent(new URL(url).pathname.slice(1));
		throw startProblem('demo.halfLoaded', { database });
	}
	say('demo.again');
	const server = new URL(url);
	server.pathname = '/postgres';
	const client = new pg.Client({ connectionString: server.href });
	await client.connect();
	await client.query('drop database asah with (force)');
	await client.query('create database asah');
	await client.end();
	await migrate(url);
}
