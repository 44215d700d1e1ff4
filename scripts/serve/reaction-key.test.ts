import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '#platform/start-problem.ts';
import { reactionKey } from './reaction-key.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'asah-key-'))));
afterAll(() => rmSync(folder, { recursive: true }));

test('a fresh clone on a server of its own has no data folder yet: it is made, and the key stays the same', () => {
	const data = join(folder, 'new', 'asah');
	const key = reactionKey(data);
	expect(key).toMatch(/^[\w-]{43}$/);
	expect(reactionKey(data)).toBe(key);
	if (process.platform !== 'win32') expect(statSync(join(data, 'reaction.key')).mode & 0o077).toBe(0);
});

test('a data folder that is a file is refused in words', () => {
	writeFileSync(join(folder, 'surat.txt'), '');
	let problem: unknown;
	try {
		reactionKey(join(folder, 'surat.txt'));
	} catch (error) {
		problem = problemOf(error);
	}
	expect(problem).toMatchObject({ code: 'data.notFolder' });
});
