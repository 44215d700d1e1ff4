import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, pinnedNode, seconds } from './installed.mjs';

/**
 * @typedef {{ name: string, script: string, args?: string[], env?: Record<string, string>, live?: boolean }} Step
 *   script: a file of this repository, run by the pinned Node; live: shown while it runs, not only when it fails
 */

/** @param {string} name @param {string} file */
export const tool = (name, file) => join(ROOT, 'node_modules', name, file);

/**
 * Runs the steps, at most two at a time (the house is built for two cores), and says one line for each.
 * @param {Step[]} steps
 * @returns {Promise<{ name: string, ok: boolean }[]>}
 */
export async function runSteps(steps) {
	const waiting = [...steps];
	/** @type {{ name: string, ok: boolean }[]} */
	const done = [];
	const worker = async () => {
		for (let step = waiting.shift(); step; step = waiting.shift()) {
			const started = Date.now();
			const { ok, output } = await runStep(step);
			console.log(`${ok ? '✓' : '✗'} ${step.name} (${seconds(started)} s)`);
			if (!ok && output) console.log(output);
			done.push({ name: step.name, ok });
		}
	};
	await Promise.all([worker(), worker()]);
	return done;
}

/**
 * @param {Step} step
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function runStep({ script, args = [], env = {}, live = false }) {
	return new Promise((resolve) => {
		const child = spawn(pinnedNode(), [script, ...args], {
			cwd: ROOT,
			env: { ...process.env, ...(live ? {} : { NO_COLOR: '1' }), ...env },
			stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe']
		});
		let output = '';
		/** @param {Buffer} chunk */
		const collect = (chunk) => (output += chunk.toString());
		child.stdout?.on('data', collect);
		child.stderr?.on('data', collect);
		const pass = () => child.kill('SIGTERM');
		process.once('SIGINT', pass);
		process.once('SIGTERM', pass);
		child.on('error', (error) => resolve({ ok: false, output: error.message }));
		child.on('close', (code) => {
			process.off('SIGINT', pass);
			process.off('SIGTERM', pass);
			resolve({ ok: code === 0, output: output.trim() });
		});
	});
}

const svelteCheck = tool('svelte-check', 'bin/svelte-check');

/** What the types and the screens' words are made from; before anything that reads them. */
/** @type {Step[]} */
export const GENERATE = [
	{ name: 'messages', script: join(ROOT, 'scripts', 'messages.ts') },
	{ name: 'kit', script: tool('@sveltejs/kit', 'svelte-kit.js'), args: ['sync'] }
];

/**
 * @param {{ fast: boolean }} how fast: the native compiler's preview (7 s instead of 50 s of one core); the other is the
 *   one whose word counts
 * @returns {Step[]}
 */
export function readingSteps({ fast }) {
	return [
		{
			name: 'types',
			script: svelteCheck,
			args: [
				'--tsconfig',
				'./tsconfig.json',
				'--output',
				'human',
				...(fast ? ['--tsgo-experimental-api'] : [])
			]
		},
		{
			name: 'lint',
			script: tool('eslint', 'bin/eslint.js'),
			args: ['.', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--cache-strategy', 'content']
		},
		{
			name: 'unused',
			script: tool('knip', 'bin/knip.js'),
			args: ['--no-progress', '--no-config-hints']
		},
		{
			name: 'format',
			script: tool('prettier', 'bin/prettier.cjs'),
			args: [
				'--check',
				'.',
				'--log-level',
				'warn',
				'--cache',
				'--cache-location',
				'node_modules/.cache/prettier-check'
			]
		}
	];
}
