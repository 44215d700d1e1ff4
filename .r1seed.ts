import { openKysely, openPool } from '#platform/db/db.ts';
import { makeCities, DEFAULT_SEED } from './demo/people/agency.ts';
import { openDoors } from './demo/year/accounts.ts';
import { raiseAgency } from './demo/year/agencies.ts';
import { clockOf } from './demo/year/clock.ts';
const url = process.env['DATABASE_URL'] ?? '';
const sender = openPool(url, null, 3);
const world = {
	seed: DEFAULT_SEED,
	clock: clockOf(new Date()),
	sender,
	owner: openKysely(sender),
	app: openKysely(openPool(url, 'asah_app', 4)),
	say: console.log
};
for (const source of makeCities(DEFAULT_SEED).slice(0, 2)) {
	let t = performance.now();
	const id = await raiseAgency(world, source);
	console.log(source.name, id, Math.round(performance.now() - t));
	t = performance.now();
	const city = await openDoors(world, id, source);
	console.log(Math.round(performance.now() - t), city.usernames);
}
await world.app.destroy();
await world.owner.destroy();
