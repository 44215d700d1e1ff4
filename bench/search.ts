import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { applyFile, importFile } from '#slices/people/public.server.ts';
import { findPeople } from '#slices/people/server/queries/people.ts';
import { unitHits, unitTree } from '#slices/people/server/queries/units.ts';
import { cityFiles, emptyAgency } from './city.ts';
import { benchDatabase } from './database.ts';

// Search among 14,351 people as the screen does it: own transaction, row-level security, scope, total and first 50.
const BUDGET_MS = 50;
const ROUNDS = 40;

const { url, drop } = await benchDatabase();
const owner = openKysely(openPool(url, null, 1));
const app = openKysely(openPool(url, 'asah_app', 2));
const files = await cityFiles();
const office = await emptyAgency(owner, 'bench');
for (const [fileName, bytes] of [
	['unor.csv', files.units],
	['asn.csv', files.csv]
] as const) {
	const { importId } = await importFile({ kysely: app, actor: office, fileName, bytes });
	await applyFile(importId, { kysely: app, actor: office });
}
await sql`vacuum (analyze)`.execute(owner);
const { rows: found } = await sql<{
	path: string;
}>`select path::text from people.unit where name = 'Dinas Pendidikan dan Kebudayaan'`.execute(owner);
const head: Actor = { ...office, grants: [{ ability: 'people.read', unitPath: found[0]?.path ?? '' }] };

const rows: {
	what: string;
	found: number;
	'median, ms': number;
	'slowest, ms': number;
	budget: number | '';
	ok: boolean;
}[] = [];
async function measure(what: string, budget: number | '', read: () => Promise<number>) {
	const times: number[] = [];
	let many = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const started = performance.now();
		many = await read();
		times.push(performance.now() - started);
	}
	const sorted = times.toSorted((a, b) => a - b);
	const median = sorted[ROUNDS / 2] ?? 0;
	rows.push({
		what,
		found: many,
		'median, ms': Math.round(median * 10) / 10,
		'slowest, ms': Math.round(sorted.at(-1) ?? 0),
		budget,
		ok: budget === '' || median <= budget
	});
}

const search = (actor: Actor, text: string) => () =>
	reading(
		actor.agencyId,
		async (db) => {
			await unitHits(db, actor, text);
			return (await findPeople(db, actor, { search: text, unitId: null, size: 50, offset: 0 })).total;
		},
		app
	);
for (const text of ['siti', 'rah nas', 'a', '1985', 'pelayanan umum'])
	await measure(`whole city: “${text}”`, BUDGET_MS, search(office, text));
await measure('one office’s head: “siti”', BUDGET_MS, search(head, 'siti'));
await measure('tree of 1,095 units with counts', '', () =>
	reading(office.agencyId, async (db) => (await unitTree(db, office)).units, app)
);

console.table(rows);
await owner.destroy();
await app.destroy();
await drop();
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;
