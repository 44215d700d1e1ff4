import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openKysely, openPool } from '#platform/db/db.ts';
import { applyFile, importFile } from '#slices/people/public.server.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { cityFiles, emptyAgency } from './city.ts';
import { benchDatabase } from './database.ts';

// A city's staff list, 14,351 people × 66 columns, through the product's importer into an agency that is still empty:
// the worst case, in which every row is new and the planner knows nothing yet.
const BUDGET_MS = { csv: 5000, xlsx: 15_000 };
const BUDGET_MB = 700;

const { url, drop } = await benchDatabase();
const owner = openKysely(openPool(url, null, 1));
const app = openKysely(openPool(url, 'asah_app', 2));
const files = await cityFiles();
const held = monitorEventLoopDelay({ resolution: 5 });
const rows: any[] = [];
type X = { what: string; ms: number; 'loop held, ms': number; budget: number | ''; ok: boolean };

const pgCpu = () => {
	let t = 0;
	for (const p of readdirSync('/proc')) {
		if (!/^\d+$/.test(p)) continue;
		try {
			const c = readFileSync(`/proc/${p}/cmdline`, 'utf8');
			if (!c.includes('asah_bench_' + process.pid)) continue;
			const f = readFileSync(`/proc/${p}/stat`, 'utf8').split(') ')[1]!.split(' ');
			t += (Number(f[11]) + Number(f[12])) * 10;
		} catch {}
	}
	return t;
};
async function timed<T>(what: string, budget: number | '', work: () => Promise<T>): Promise<T> {
	held.reset();
	held.enable();
	const started = performance.now();
	const c0 = process.cpuUsage();
	const p0 = pgCpu();
	const answer = await work();
	const c = process.cpuUsage(c0);
	const cpu = Math.round((c.user + c.system) / 1000);
	const pgc = pgCpu() - p0;
	const ms = Math.round(performance.now() - started);
	held.disable();
	rows.push({
		what,
		ms,
		cpu,
		pgc,
		sum: cpu + pgc,
		'loop held, ms': Math.round(held.max / 1e6),
		budget,
		ok: budget === '' || ms <= budget
	});
	return answer;
}

for (const format of ['csv', 'xlsx'] as const) {
	const by = { kysely: app, actor: await emptyAgency(owner, `bench-${format}`) };
	const bring = async (fileName: string, bytes: Uint8Array, budget: number | '') => {
		const dry = await timed(`${fileName}: dry run`, budget, () => importFile({ ...by, fileName, bytes }));
		if (dry.counts.wrong > 0) throw new Error(`${fileName}: ${dry.counts.wrong} rows are wrong`);
		await timed(`${fileName}: apply`, budget, () => applyFile(dry.importId, by));
		return dry.counts;
	};
	await bring('unor.csv', files.units, '');
	await bring(`asn.${format}`, files[format], BUDGET_MS[format]);
	const again = await timed(`asn.${format}: dry run, all unchanged`, BUDGET_MS[format], () =>
		importFile({ ...by, fileName: `asn.${format}`, bytes: files[format] })
	);
	if (again.counts.unchanged !== again.counts.rows)
		throw new Error('the second import would change something');
}

console.table(rows);
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`peak memory of this process, making the files included: ${peak} MB (at most ${BUDGET_MB})`);
await owner.destroy();
await app.destroy();
await drop();
if (peak > BUDGET_MB || rows.some(({ ok }) => !ok)) process.exitCode = 1;
