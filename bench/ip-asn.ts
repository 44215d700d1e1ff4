import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { openKysely, openPool } from '#platform/db/db.ts';
import { writing } from '#platform/db/pools.ts';
import { measure } from '#slices/credentials/server/measure-ip.ts';
import { makeAgency } from '../demo/people/agency.ts';
import { raiseAgency } from '../demo/year/agencies.ts';
import { clockOf } from '../demo/year/clock.ts';
import { benchDatabase } from './database.ts';

// JP and IP ASN of the whole city: three records of the measured year for everybody and one of the year before, each
// reckoned anew from its rule; the index of everybody written with its run.
const BUDGET_MS = 5000;
const RUNS = 5;

const { url, drop } = await benchDatabase();
const sender = openPool(url, null, 2);
const owner = openKysely(sender);
const app = openKysely(openPool(url, 'asah_app', 4));
const now = new Date();
const year = now.getFullYear();
const world = { seed: 1, answers: 1, clock: clockOf(now), owner, app, sender, say: () => undefined };
const agencyId = await raiseAgency(world, makeAgency('medan'));
await owner.transaction().execute(async (tx) => {
	await sql`select set_config('app.agency_id', ${agencyId}, true)`.execute(tx);
	// Forms with and without caps, in the proportion of a year: half e-learning, whose caps are shared among records.
	await sql`
		insert into credentials.jp_entry (agency_id, id, person_id, source, form, title, starts_on, ends_on, year, amount, learning_hours, rule, status, created_at)
		select ${agencyId}, gen_random_uuid(), p.id, 'external', f.form, 'Bench ' || n, d.day, d.day + 1, extract(year from d.day), f.amount, f.jp, '{}', 'counted', d.day + n * interval '1 hour'
		from people.person p
		cross join generate_series(1, 4) n
		cross join lateral (select make_date(${year}::int - case when n = 4 then 1 else 0 end, 1 + n * 2, 1 + abs(hashtext(p.id::text)) % 20) as day) d
		join lateral (values ('NK03', 10, 6, 0), ('KL06', 2, 8, 1), ('KL03', 12, 12, 2), ('NK03', 5, 5, 3)) as f(form, amount, jp, k) on f.k = n % 4
		where p.agency_id = ${agencyId} and p.employment_kind <> 'OFFICIAL'`.execute(tx);
	// Everybody is measured, as the bar asks.
	await sql`update credentials.ip_ruleset set employment_kinds = array['PNS', 'CPNS', 'PPPK', 'PPPK_PARUH_WAKTU'] where agency_id = ${agencyId}`.execute(
		tx
	);
});
await sql`analyze`.execute(owner);

const actor = {
	agencyId,
	accountId: 'bench',
	personId: null,
	name: 'Bench',
	unitPath: '',
	hat: null,
	grants: []
};
/** CPU of the server's process that answers us, where the system tells it (Linux, a server on this machine). */
const TICKS_PER_SECOND = 100;
function serverCpu(pid: number): number {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
		return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
	} catch {
		return Number.NaN;
	}
}

const times: { wall: number; cpu: number; server: number }[] = [];
let found = { people: 0, recounted: 0, differing: 0 };
for (let run = 0; run < RUNS; run++) {
	let server = 0;
	const [started, cpu] = [performance.now(), process.cpuUsage()];
	found = await writing(
		agencyId,
		async (tx) => {
			const backend = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
			const pid = backend.rows[0]?.pid ?? 0;
			const before = serverCpu(pid);
			const done = await measure(tx, actor, {
				year,
				now: new Date(now.getTime() + run),
				today: now.toISOString().slice(0, 10),
				progress: async () => undefined
			});
			server = serverCpu(pid) - before;
			return done;
		},
		app
	);
	const { user, system } = process.cpuUsage(cpu);
	times.push({ wall: performance.now() - started, cpu: (user + system) / 1000, server });
}
times.sort((a, b) => a.wall - b.wall);
const median = times[Math.floor(RUNS / 2)];
const slowest = times.at(-1);
console.log(
	`${found.people} people measured, ${found.recounted} JP records reckoned anew, ${found.differing} differ\n` +
		`| what | median of ${RUNS} | CPU of this process | CPU of the server | slowest | bar | median / bar |\n|---|--:|--:|--:|--:|--:|--:|\n` +
		`| JP and IP ASN of a city | ${Math.round(median?.wall ?? 0)} ms | ${Math.round(median?.cpu ?? 0)} ms | ${Math.round(median?.server ?? 0)} ms | ${Math.round(slowest?.wall ?? 0)} ms | ${BUDGET_MS} ms | ${((median?.wall ?? 0) / BUDGET_MS).toFixed(2)} |`
);
await app.destroy();
await owner.destroy();
await drop();
if (median === undefined || median.wall > BUDGET_MS) {
	console.error(`JP and IP ASN of a city took longer than ${BUDGET_MS} ms`);
	process.exitCode = 1;
}
