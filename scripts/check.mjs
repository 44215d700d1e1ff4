// `npm run check`: what can be known without opening a browser: format, lint, types, the walls of the house.
import { join } from 'node:path';
import { ensureInstalled, seconds, ROOT } from './installed.mjs';
import { GENERATE, readingSteps, runSteps, tool } from './steps.mjs';

const started = Date.now();
await ensureInstalled({ dev: true });
const generated = await runSteps(GENERATE);
const house = {
	name: 'house',
	script: tool('vitest', 'vitest.mjs'),
	args: [
		'run',
		'--root',
		ROOT,
		'--project',
		'rules',
		'--project',
		'database',
		'--passWithNoTests',
		join('tests', 'house')
	]
};
const done = generated.every((step) => step.ok)
	? await runSteps([...readingSteps({ fast: true }), house])
	: [];
const failed = [...generated, ...done].filter((step) => !step.ok);
console.log(
	`${generated.length + done.length - failed.length} passed, ${failed.length} failed (${seconds(started)} s)`
);
process.exit(failed.length === 0 ? 0 : 1);
