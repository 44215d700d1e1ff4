// `npm test`: every ring, on a machine where nothing was installed by hand. `npm test -- database` runs one ring.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './built.mjs';
import { ensureInstalled, seconds, ROOT } from './installed.mjs';
import { GENERATE, readingSteps, runStep, runSteps, tool } from './steps.mjs';
import { say } from './terminal.mjs';

const RESULTS = join(ROOT, 'tests', '.results');
const RINGS = ['reading', 'rules', 'database', 'journeys'];
const started = Date.now();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((ring) => !RINGS.includes(ring));
if (unknown.length > 0) {
	console.error(`npm test -- [${RINGS.join('|')}]; not: ${unknown.join(', ')}`);
	process.exit(2);
}
/** @param {string} ring */
const runs = (ring) => wanted.length === 0 || wanted.includes(ring);
const total = { passed: 0, failed: 0, skipped: 0 };

await ensureInstalled({ dev: true });
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
// Asked for first: whoever lacks a browser learns it now and not after five minutes.
const browser = runs('journeys') ? await ensureBrowser() : '';
const environment = {
	TEST_MESSAGES_MADE: '1',
	ASAH_LOG: 'silent',
	...(browser ? { CHROME_PATH: browser } : {})
};

count(await runSteps(GENERATE));
if (runs('reading')) count(await runSteps(readingSteps({ fast: false })));
for (const ring of ['rules', 'database']) if (runs(ring)) await vitest(ring);
if (runs('journeys')) {
	await ensureBuilt();
	await vitest('journeys');
}
say('test.took', { seconds: seconds(started) });
console.log(
	`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`
);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** @param {{ ok: boolean }[]} steps */
function count(steps) {
	for (const step of steps) total[step.ok ? 'passed' : 'failed'] += 1;
}

/** @param {string} project a ring of vitest.config.ts */
async function vitest(project) {
	console.log(`\n— ${project} —`);
	const report = join(RESULTS, `${project}.json`);
	const { ok } = await runStep({
		name: project,
		script: tool('vitest', 'vitest.mjs'),
		args: [
			'run',
			'--project',
			project,
			'--passWithNoTests',
			'--reporter=dot',
			'--reporter=json',
			`--outputFile.json=${report}`
		],
		env: environment,
		live: true
	});
	const before = total.failed;
	try {
		const result = JSON.parse(readFileSync(report, 'utf8'));
		total.passed += result.numPassedTests;
		total.failed += result.numFailedTests;
		total.skipped += result.numPendingTests + result.numTodoTests;
	} catch {
		// No report: it did not come that far, which the next line counts.
	}
	// A file that could not be loaded, a server that did not start: no test failed, the ring did.
	if (!ok && total.failed === before) total.failed += 1;
}
