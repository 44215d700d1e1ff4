import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import type pg from 'pg';
import { openKysely, openPool } from '#platform/db/db.ts';
import { DEFAULT_SEED, makeCities } from './people/agency.ts';
import { openDoors } from './year/accounts.ts';
import { drawMap } from './year/adjoining.ts';
import { raiseAgency } from './year/agencies.ts';
import { clockOf } from './year/clock.ts';
import { liveHistory } from './year/history.ts';
import { tellOfYear } from './year/notices.ts';
import { liveBeside } from './year/neighbours.ts';
import { printAccounts } from './year/printed.ts';
import { liveYear } from './year/year.ts';
import { demoState, hasOwnAgency, markComplete, markLoading, wipe } from './year/state.ts';
import type { City, World } from './year/world.ts';

export type LoadOptions = {
	seed?: number;
	/** The day on which somebody looks at the demo; the finished year lies behind it. */
	now?: Date;
	/** Share of the usual answers to the needs campaigns, 0 to 1: fewer make a quicker city, for tests. */
	answers?: number;
};

/**
 * Fills an empty, migrated database with three invented cities and their finished year; `say` hears one line a stage.
 * Nothing to do when that has been done; begins again when it was interrupted; refuses where a real agency stands.
 * `connectionString` connects as the owner of the database.
 */
export async function loadDemo(
	connectionString: string,
	say: (line: string) => void,
	{ seed = DEFAULT_SEED, now = new Date(), answers = 1 }: LoadOptions = {}
): Promise<void> {
	const sender = hurried(openPool(connectionString, null, 3));
	const world: World = {
		seed,
		answers,
		clock: clockOf(now),
		sender,
		owner: openKysely(sender),
		app: openKysely(hurried(openPool(connectionString, 'asah_app', 6))),
		say
	};
	try {
		const state = await demoState(world.owner);
		if (state === 'complete') return;
		if (await hasOwnAgency(world.owner)) throw new Error('a real agency stands here: the demo stays away');
		if (state === 'loading') await wipe(world.owner);
		await markLoading(world.owner);
		await load(world);
		await markComplete(world.owner);
	} finally {
		await world.app.destroy();
		await world.owner.destroy();
	}
}

/**
 * Vacuums what was loaded: the server would do so by itself within minutes, and the city can be used meanwhile. Does
 * nothing that a kill could spoil.
 */
export async function tidyDemo(connectionString: string): Promise<void> {
	const owner = openKysely(openPool(connectionString, null, 2));
	try {
		// Largest first and by turns, so that two of them end at about the same time.
		const { rows } = await sql<{ name: string }>`select oid::regclass::text as name from pg_class
			where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information_schema)' order by pg_relation_size(oid) desc`.execute(
			owner
		);
		const halves = [0, 1].map((turn) =>
			rows.filter((_, at) => at % 2 === turn).map(({ name }) => sql.raw(name))
		);
		await Promise.all(halves.map((tables) => sql`vacuum (analyze) ${sql.join(tables)}`.execute(owner)));
	} finally {
		await owner.destroy();
	}
}

/** A crash of the server may lose the last moments of a load, which then begins again: no commit has to wait for the disk. */
function hurried(pool: pg.Pool): pg.Pool {
	pool.on('connect', (client) => void client.query('set synchronous_commit = off').catch(() => undefined));
	pool.on('error', () => undefined);
	return pool;
}

async function load(world: World): Promise<void> {
	const sources = await timed(world, 'menyusun tiga kota', async () => makeCities(world.seed));
	// Reading the files is our work, writing the rows the server's: one city is read while another is written.
	const cities = await Promise.all(
		sources.map(async (source): Promise<City> => {
			const agencyId = await timed(world, `${source.name}: unit dan pegawai`, () =>
				raiseAgency(world, source)
			);
			await drawMap(world, agencyId, source.key);
			if (source.key === 'medan')
				await timed(world, `${source.name}: riwayat unit`, () => liveHistory(world, agencyId));
			return timed(world, `${source.name}: akun dan peran`, () => openDoors(world, agencyId, source));
		})
	);
	const [medan, ...neighbours] = cities;
	if (!medan) throw new Error('no city');
	await Promise.all([
		...neighbours.map((city, index) =>
			timed(world, `${city.source.name}: kebutuhan`, () => liveBeside(world, city, index))
		),
		liveYear(world, medan, (what, work) => timed(world, what, work))
	]);
	await timed(world, 'pemberitahuan', async () => {
		for (const { agencyId } of cities) await tellOfYear(world, agencyId);
	});
	await printAccounts(world, medan, neighbours);
	// What happened in the past year was heard in the past year.
	await sql`update platform.event set delivered_at = at where delivered_at is null`.execute(world.owner);
}

async function timed<T>(world: World, what: string, work: () => Promise<T>): Promise<T> {
	const start = performance.now();
	const result = await work();
	world.say(`${what.padEnd(44)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
	return result;
}
