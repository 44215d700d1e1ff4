import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The key that opens reactions, in a file of the data folder and never in the database: whoever has the whole database
 * still cannot tell who answered what. Lost, the reactions that wait to be opened are lost with it; no others.
 */
export function reactionKey(dataFolder: string): string {
	const file = join(dataFolder, 'reaction.key');
	if (!existsSync(file)) {
		try {
			writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
		} catch (error) {
			// Another process was quicker: its key is the key.
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
		}
	}
	return readFileSync(file, 'utf8').trim();
}
