// Runs under the system's Node, as old as 20: built-in modules only.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ROOT, pinnedNode } from './installed.mjs';

/**
 * The server's young generation is half of the default: a page's objects die with it. After 2,000 pages (bench/page.ts)
 * 379 MB resident instead of 489; half of that again saves 44 MB more and costs a twelfth of the app's CPU.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=16'];

/**
 * What lives for a minute and makes a great many things (the build, the loader of the demo city) gets four times the usual
 * young generation: a tenth of its time was collecting them.
 */
export const BRIEF_FLAGS = ['--max-semi-space-size=64'];

/**
 * Runs a script of this folder under the pinned Node until it ends, and ends with its exit code. Signals are passed on
 * once; the channel between the two tells the script when this process was killed, so that nothing is left behind.
 * @param {string} script
 * @param {{ env?: Record<string, string>, flags?: readonly string[] }} [how]
 */
export function runPinned(script, { env = {}, flags = [] } = {}) {
	const child = spawn(pinnedNode(), [...flags, join(ROOT, 'scripts', script), ...process.argv.slice(2)], {
		cwd: ROOT,
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: { ...process.env, ...env }
	});
	/** @type {NodeJS.Signals[]} */
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) process.on(signal, () => child.kill(signal));
	watchParent(() => child.kill('SIGTERM'));
	child.on('error', (error) => {
		console.error(error.message);
		process.exit(1);
	});
	child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

/**
 * `npm start` puts npm and a shell above us; whoever kills those means us too.
 * @param {() => void} orphaned
 */
function watchParent(orphaned) {
	if (!process.env['npm_lifecycle_event'] || process.platform === 'win32') return;
	const above = ancestors();
	const timer = setInterval(() => {
		if (ancestors() === above) return;
		clearInterval(timer);
		orphaned();
	}, 1000);
	timer.unref();
}

/** Our parent and, where the system tells it cheaply, the parent's. */
function ancestors() {
	const parent = process.ppid;
	try {
		const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
		return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
	} catch {
		return String(parent);
	}
}
