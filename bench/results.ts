import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { largePeopleStudy } from './large-people-study.ts';
import { largeProgram } from './large-program.ts';
import { pageOf, serveCity, signIn } from './served-city.ts';

// Pages of results as the office asks for them, with everything on them: what a class of 40 brought, levels 1 to 4 of a
// program with 5,000 participants, the monitor of follow-up with some five thousand plans, and the mayor's year.
const ROUNDS = 15;

// A city kept for measuring is not changed: it is copied. It must not be running.
const kept = process.env['BENCH_CITY_DATA'];
const copy = kept === undefined ? null : mkdtempSync(join(tmpdir(), 'asah-bench-results-'));
if (kept !== undefined && copy !== null) {
	// With its owners and rights: PostgreSQL runs as somebody else.
	execFileSync('cp', ['-a', `${kept}/.`, copy]);
	process.env['BENCH_CITY_DATA'] = copy;
}
const city = await serveCity();
const { programId, classId } = await largeProgram(city.database());
const { studyId, indicatorId } = await largePeopleStudy(city.database());
const cookies = await signIn(city.url, city.account('BKPSDM, bidang'));
const pages: [what: string, path: string, budget: number][] = [
	['results of a class of 40', `/evaluation/${classId}`, 150],
	['program of 5,000, levels 1 to 4', `/reports/program/${programId}`, 400],
	['monitor of follow-up, that program', `/followup/board?program=${programId}`, 150],
	['monitor of follow-up, everybody', '/followup/board', 150],
	['Hasil of the year', '/reports/results', 400],
	['study of 5,000 people × 24 months', `/impact/${studyId}`, 800],
	['figures of 5,000 people × 24 months in groups', `/impact/indicator/${indicatorId}`, 800]
];
const rows = [];
for (const [what, path, budget] of pages) {
	const times: number[] = [];
	const before = city.cpu();
	for (let round = 0; round < ROUNDS; round++) {
		const started = performance.now();
		await pageOf(city.url + path, cookies);
		times.push(performance.now() - started);
	}
	const after = city.cpu();
	const sorted = times.toSorted((a, b) => a - b);
	const median = sorted[Math.floor(ROUNDS / 2)] ?? Infinity;
	const each = (part: 'app' | 'database') =>
		before && after ? Math.round((after[part] - before[part]) / ROUNDS) : '';
	rows.push({
		what,
		'first, ms': Math.round(times[0] ?? 0),
		'median, ms': Math.round(median),
		'slowest, ms': Math.round(sorted.at(-1) ?? 0),
		'CPU app, ms': each('app'),
		'CPU database, ms': each('database'),
		budget,
		ok: median <= budget,
		load: (loadavg()[0] ?? 0).toFixed(1)
	});
}
console.table(rows);
await city.stop();
if (copy !== null) rmSync(copy, { recursive: true, force: true });
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;
