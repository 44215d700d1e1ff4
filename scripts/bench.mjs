// `npm run bench [name …]`: every claim of speed, measured one after the other.
import { readdirSync, readFileSync } from 'node:fs';
import { arch, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './built.mjs';
import { ensureInstalled, ROOT } from './installed.mjs';
import { runStep } from './steps.mjs';

await ensureInstalled({ dev: true });
await ensureBuilt();
const wanted = process.argv.slice(2);
/** Takes a quarter of an hour and some 20 GB: only when it is named. */
const LONG = ['nation.ts'];
const folder = join(ROOT, 'bench');
// A file that only exports is a part of others, not a measurement.
const measures = readdirSync(folder)
	.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
	.filter((file) => !/^export /m.test(readFileSync(join(folder, file), 'utf8')))
	.filter((file) =>
		wanted.length === 0 ? !LONG.includes(file) : wanted.some((name) => file.startsWith(name))
	)
	.sort();
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
console.log(
	`${machine}; load before: ${loadavg()
		.map((load) => load.toFixed(1))
		.join(' ')}`
);
let failed = 0;
for (const file of measures) {
	console.log(`\n— ${file.replace(/\.ts$/, '')} —`);
	const { ok } = await runStep({
		name: file,
		script: join(folder, file),
		env: { NODE_ENV: 'production' },
		live: true
	});
	if (!ok) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
