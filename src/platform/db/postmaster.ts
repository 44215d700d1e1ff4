import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running PostgreSQL writes into postmaster.pid of its data directory. */
export type Postmaster = { pid: number; port: number; socketFolder: string | null };

/** The server that says it runs on this data directory, whether or not that is still true. */
export function postmasterOf(data: string): Postmaster | null {
	const file = join(data, 'postmaster.pid');
	if (!existsSync(file)) return null;
	// Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status.
	const lines = readFileSync(file, 'utf8').split('\n');
	const pid = Number(lines[0]);
	if (!Number.isInteger(pid) || pid <= 0) return null;
	return { pid, port: Number(lines[3]) || 5432, socketFolder: lines[4]?.trim() || null };
}

/**
 * Is that process a live PostgreSQL? After a kill of everything the number may belong to another program (or, in a
 * container without an init, to a process that ended and was never collected), and PostgreSQL would refuse to start.
 */
export function isPostgres(pid: number): boolean {
	if (!takesSignals(pid)) return false;
	if (process.platform === 'win32') return true;
	try {
		const command =
			process.platform === 'linux'
				? // Empty for a process that ended and was never collected.
					readFileSync(`/proc/${pid}/cmdline`, 'utf8')
				: execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
		return command.includes('postgres');
	} catch {
		return false;
	}
}

/** True also for another user's process, which refuses the signal but is there. */
export function takesSignals(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** Waits until the process is no PostgreSQL any more; false when it still is after `ms`. */
export async function ended(pid: number, ms: number): Promise<boolean> {
	const until = Date.now() + ms;
	while (isPostgres(pid)) {
		if (Date.now() > until) return false;
		await pause(20);
	}
	return true;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
