// Runs under the system's Node, as old as 20: built-in modules only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, ended, pinnedNode, seconds } from './installed.mjs';
import { BRIEF_FLAGS } from './pinned.mjs';
import { runningAt } from './running.mjs';
import { fail, say } from './terminal.mjs';

const SOURCES = ['src', 'static', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];
/** Written by the build itself. */
const GENERATED = new Set([join('src', 'platform', 'i18n', 'paraglide')]);
export const BUILD = join(ROOT, 'build');
const STAMP = join(BUILD, '.sources');

/**
 * One fingerprint of everything that goes into the build, by content: dates lie after a clone or a checkout.
 */
export function sourcesHash() {
	const hash = createHash('sha256');
	/** @param {string} path */
	const add = (path) => {
		if (GENERATED.has(path) || path.endsWith('.test.ts')) return;
		const full = join(ROOT, path);
		if (!existsSync(full)) return;
		const entries = readEntries(full);
		if (entries) for (const entry of entries) add(join(path, entry));
		else hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
	};
	for (const source of SOURCES) add(source);
	return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[] | null} sorted names, or null when it is a file
 */
function readEntries(path) {
	try {
		return readdirSync(path).sort();
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null;
		throw error;
	}
}

export function isBuilt(hash = sourcesHash()) {
	return existsSync(join(BUILD, 'handler.js')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
}

export async function ensureBuilt() {
	const hash = sourcesHash();
	if (isBuilt(hash)) return;
	await refuseWhileServed();
	say('build.begin');
	const started = Date.now();
	const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
	for (const script of [[join(ROOT, 'scripts', 'messages.ts')], [vite, 'build', '--logLevel', 'warn']]) {
		const child = spawn(pinnedNode(), [...BRIEF_FLAGS, ...script], {
			cwd: ROOT,
			stdio: ['ignore', 'pipe', 'pipe']
		});
		let output = '';
		/** @param {Buffer} chunk */
		const collect = (chunk) => (output += chunk.toString());
		child.stdout.on('data', collect);
		child.stderr.on('data', collect);
		if (await ended(child)) continue;
		process.stderr.write(output);
		fail('build.failed', {}, 1);
	}
	// Last of all: a build that was cut short has no stamp and is made again.
	writeFileSync(STAMP, hash);
	say('build.done', { seconds: seconds(started) });
}

/** Replacing the files under a running server would break its next page. */
async function refuseWhileServed() {
	const running = await runningAt(BUILD);
	if (running) fail('build.served', { address: running.address });
}
