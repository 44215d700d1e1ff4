import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** For vitest: the messages as functions, made from the rooms' files, for code that speaks. */
export function setup(): void {
	if (process.env['TEST_MESSAGES_MADE'] === '1') return;
	execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/messages.ts')], {
		stdio: 'inherit'
	});
	process.env['TEST_MESSAGES_MADE'] = '1';
}
