import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { DEFAULT_SEED, makeCities } from './agency.ts';
import { writeCsv, writeXlsx } from './sheets.ts';
import { asnTable, unorTable } from './siasn.ts';

/** `node demo/people/write.ts --out DIR [--seed 1271]`: unor.csv, asn.csv and asn.xlsx of each agency. */

const { values } = parseArgs({ options: { out: { type: 'string' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? DEFAULT_SEED);
if (!values.out || !Number.isSafeInteger(seed)) {
	process.stderr.write('usage: node demo/people/write.ts --out DIR [--seed 1271]\n');
	process.exit(2);
}

const agencies = await timed('generate', async () => makeCities(seed));
for (const agency of agencies) {
	const folder = join(values.out, agency.key);
	await mkdir(folder, { recursive: true });
	const people = await timed(`${agency.key} rows`, async () => asnTable(agency));
	await timed(`${agency.key} csv`, async () => {
		await writeCsv(join(folder, 'unor.csv'), unorTable(agency));
		await writeCsv(join(folder, 'asn.csv'), people);
	});
	await timed(`${agency.key} xlsx`, () => writeXlsx(join(folder, 'asn.xlsx'), 'ASN', people));
	process.stdout.write(`${agency.name}: ${agency.units.length} unit, ${agency.people.length} orang\n`);
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
	const start = performance.now();
	const result = await work();
	process.stdout.write(`${what.padEnd(24)} ${Math.round(performance.now() - start)} ms\n`);
	return result;
}
