import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { cookieLine, pageOf, serveCity, signIn } from './served-city.ts';

// Pages that an office keeps open all day, at a steady ten requests a second on the filled demo city: the gaps of the
// whole agency, an office, a person. What is told is the 97.5th percentile, which is stricter than the 95th asked for.
const PER_SECOND = 10;
const SECONDS = 15;
const AT_MOST_MS = 200;

const AUTOCANNON = join(import.meta.dirname, '../node_modules/autocannon/autocannon.js');
const Measured = z.object({
	requests: z.object({ total: z.number() }),
	latency: z.object({ p50: z.number(), p97_5: z.number(), max: z.number() }),
	errors: z.number(),
	non2xx: z.number()
});

const city = await serveCity();
const cookies = await signIn(city.url, city.account('BKPSDM, bidang'));
const rows: Record<string, string | number | boolean>[] = [];
try {
	const office = await linkOn('/people', /href="(\/people\/unit\/[0-9a-f-]{36})"/g, 1);
	const member = await linkOn(office, /href="(\/people\/[0-9a-f-]{36})"/g);
	await steady('heat map of the whole agency', '/needs/heat');
	await steady('an office', office);
	await steady('a person', member);
	await steady('gaps of a person', member.replace('/people/', '/needs/person/'));
	await steady('search of people', '/people/search?q=siti');
} finally {
	await city.stop();
}
console.table(rows);
if (rows.some(({ ok }) => ok === false)) process.exitCode = 1;

async function linkOn(path: string, wanted: RegExp, nth = 0): Promise<string> {
	const found = [...(await pageOf(city.url + path, cookies)).matchAll(wanted)][nth]?.[1];
	if (found === undefined) throw new Error(`${path} leads nowhere like ${String(wanted)}`);
	return found;
}

async function steady(what: string, path: string): Promise<void> {
	// As a browser would: the signed cookie that stands in for the session's row is renewed every minute.
	await pageOf(city.url + path, cookies);
	const { latency, requests, errors, non2xx } = await autocannon(city.url + path);
	if (errors + non2xx > 0) throw new Error(`${path}: ${errors} errors, ${non2xx} refusals`);
	rows.push({
		page: what,
		requests: requests.total,
		'p50, ms': latency.p50,
		'p97.5, ms': latency.p97_5,
		'max, ms': Math.round(latency.max),
		'at most': AT_MOST_MS,
		ok: latency.p97_5 <= AT_MOST_MS,
		load: (loadavg()[0] ?? 0).toFixed(1)
	});
}

function autocannon(address: string): Promise<z.infer<typeof Measured>> {
	return new Promise((resolve, reject) => {
		const child = spawn(
			process.execPath,
			[
				AUTOCANNON,
				'--json',
				'--no-progress',
				...['--connections', '10'],
				...['--overallRate', String(PER_SECOND)],
				...['--duration', String(SECONDS)],
				...['--headers', `cookie=${cookieLine(cookies)}`],
				...['--headers', 'accept-encoding=gzip, deflate, br'],
				address
			],
			{ stdio: ['ignore', 'pipe', 'ignore'] }
		);
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.on('error', reject);
		child.on('close', () => {
			const read = Measured.safeParse(JSON.parse(output || '{}'));
			if (read.success) resolve(read.data);
			else reject(read.error);
		});
	});
}
