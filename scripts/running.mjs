// Runs under the system's Node, as old as 20: built-in modules only.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { ROOT } from './installed.mjs';

/** Header of every answer of a running Asah; tells it from another program on the same port. */
export const INSTANCE_HEADER = 'x-asah-instance';

/**
 * @typedef {{ pid: number, instance: string, address: string, probe: string }} Running
 *   address: what people open; probe: the same door as this machine reaches it
 */

/** @param {Record<string, string | undefined>} env */
export function dataFolder(env) {
	const folder = env['ASAH_DATA'] || '.asah';
	return isAbsolute(folder) ? folder : resolve(ROOT, folder);
}

/** @param {number} pid */
export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return !isZombie(pid);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/**
 * A process that ended but was never collected still takes signals (containers without an init).
 * @param {number} pid
 */
function isZombie(pid) {
	if (process.platform !== 'linux') return false;
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
	} catch {
		return false;
	}
}

/**
 * The Asah that serves this data folder, or null. A file left behind by a killed one is not believed: its process
 * must live and its door must answer with its own mark.
 * @param {string} folder
 * @returns {Promise<Running | null>}
 */
export async function runningAt(folder) {
	const running = readRunning(folder);
	if (!running || !isAlive(running.pid)) return null;
	return (await instanceAt(running.probe)) === running.instance ? running : null;
}

/**
 * @param {string} address
 * @returns {Promise<string | null>} the mark of the Asah that answers there
 */
export async function instanceAt(address) {
	try {
		const answer = await fetch(`${address}/health`, {
			signal: AbortSignal.timeout(5000),
			redirect: 'manual'
		});
		await answer.body?.cancel();
		return answer.headers.get(INSTANCE_HEADER);
	} catch {
		return null;
	}
}

/**
 * @param {string} folder
 * @returns {Running | null}
 */
function readRunning(folder) {
	try {
		const { pid, instance, address, probe } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
		return { pid: Number(pid), instance: String(instance), address: String(address), probe: String(probe) };
	} catch {
		return null;
	}
}

/**
 * @param {string} folder
 * @param {Running} running
 */
export function noteRunning(folder, running) {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'running.json');
	writeFileSync(`${file}.new`, JSON.stringify(running, null, '\t'));
	renameSync(`${file}.new`, file);
}

/**
 * @param {string} folder
 * @param {string} instance only the one that wrote it takes it away
 */
export function forgetRunning(folder, instance) {
	if (readRunning(folder)?.instance === instance) rmSync(join(folder, 'running.json'), { force: true });
}
