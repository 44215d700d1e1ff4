import { loadavg } from 'node:os';
import { pageOf, serveCity, signIn } from './served-city.ts';

// Pages that an office keeps open all day, about the people, units and gaps of a city of 1,095 units and 14,351 people, as
// BKPSDM opens them: at 10 requests a second, one every tenth of a second, each answered in full; and one by one, for
// what a single visitor waits. The survey of next year is open, so its map is added up from answers.
const BUDGET_MS = 200;
const PER_SECOND = 10;
const SECONDS = 8;

const city = await serveCity();
const cookies = await signIn(city.url, city.account('BKPSDM, bidang'));
const found = async (search: string, what: string): Promise<string> => {
	const html = await pageOf(`${city.url}/people/search?q=${encodeURIComponent(search)}`, cookies);
	const address = new RegExp(`/people/${what}[0-9a-f-]{36}`).exec(html)?.[0];
	if (address === undefined) throw new Error(`nothing found for ${search}`);
	return city.url + address;
};
const unit = await found('Dinas Pendidikan dan Kebudayaan', 'unit/');
const person = await found('199003012021032901', '');
const PAGES = [
	{ what: 'heat map of the whole agency', url: `${city.url}/needs/heat` },
	{ what: 'gaps of a person', url: person.replace('/people/', '/needs/person/') },
	{ what: 'search of people', url: `${city.url}/people/search?q=siti` },
	{ what: 'unit tree of the city', url: `${city.url}/people` },
	{ what: 'the same on another day', url: `${city.url}/people?on=2026-01-01` },
	{ what: 'organisation chart of all offices', url: `${city.url}/people/chart` },
	{ what: 'chart of the largest office', url: `${unit}/chart` },
	{ what: 'unit page', url: unit },
	{ what: 'the same on another day', url: `${unit}?on=2026-01-01` },
	{ what: 'person page', url: person },
	{ what: 'the same on another day', url: `${person}?on=2026-01-01` }
];

const rows: Record<string, string | number | boolean>[] = [];
for (const { what, url } of PAGES) {
	for (let warm = 0; warm < 3; warm++) await pageOf(url, cookies);
	const alone: number[] = [];
	let bytes = 0;
	for (let round = 0; round < 15; round++)
		alone.push(await timed(async () => (bytes = (await pageOf(url, cookies)).length)));
	const steady = await atRate(url);
	const p95 = share(steady, 0.95);
	rows.push({
		what,
		'kB HTML': Math.round(bytes / 1000),
		'alone: median, ms': share(alone, 0.5),
		'10/s: median, ms': share(steady, 0.5),
		'10/s: p95, ms': p95,
		load: (loadavg()[0] ?? 0).toFixed(1),
		ok: p95 <= BUDGET_MS
	});
}
await city.stop();
console.table(rows);
if (rows.some(({ ok }) => ok !== true)) process.exitCode = 1;

/** A request every tenth of a second whether or not the one before has been answered. */
async function atRate(url: string): Promise<number[]> {
	const asked: Promise<number>[] = [];
	for (let request = 0; request < PER_SECOND * SECONDS; request++) {
		asked.push(timed(() => pageOf(url, cookies)));
		await new Promise((resolve) => setTimeout(resolve, 1000 / PER_SECOND));
	}
	return Promise.all(asked);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

function share(times: readonly number[], part: number): number {
	const sorted = times.toSorted((a, b) => a - b);
	return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}
