import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProblem } from '#platform/start-problem.ts';

/**
 * The key that opens reactions, in a file of the data folder and never in the database: whoever has the whole database
 * still cannot tell who answered what. Lost, the reactions that wait to be opened are lost with it; no others.
 */
export function reactionKey(dataFolder: string): string {
	const file = join(dataFolder, 'reaction.key');
	if (!existsSync(file)) {
		try {
			// With a server of one's own nobody else has made the folder.
			mkdirSync(dataFolder, { recursive: true });
			writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
		} catch (error) {
			// Another process was quicker: its key is the key.
			if (!existsSync(file)) throw whyNot(dataFolder, error);
		}
	}
	return readFileSync(file, 'utf8').trim();
}

function whyNot(folder: string, error: unknown): unknown {
	const code = error instanceof Error && 'code' in error ? error.code : '';
	if (code === 'EACCES' || code === 'EROFS') return startProblem('data.notWritable', { folder }, error);
	return code === 'EEXIST' || code === 'ENOTDIR' ? startProblem('data.notFolder', { folder }, error) : error;
}
