import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { INSTANCE_HEADER, dataFolder, forgetRunning, noteRunning, runningAt } from './running.mjs';

const folder = mkdtempSync(join(tmpdir(), 'asah-running-'));
const server = createServer((_req, res) => res.setHeader(INSTANCE_HEADER, 'ini').end()).listen(
	0,
	'127.0.0.1'
);
await new Promise((resolve) => server.once('listening', resolve));
const bound = server.address();
const probe = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
const mark = { pid: process.pid, instance: 'ini', address: 'http://localhost:3000', probe };
afterAll(() => {
	server.close();
	rmSync(folder, { recursive: true, force: true });
});

test('the Asah of a folder is found while it lives and answers', async () => {
	expect(await runningAt(folder)).toBeNull();
	noteRunning(folder, mark);
	expect(await runningAt(folder)).toEqual(mark);
});

test('a note left by a killed one is not believed, even when its number or its port lives on in another program', async () => {
	noteRunning(folder, { ...mark, instance: 'yang lain' });
	expect(await runningAt(folder)).toBeNull();
	noteRunning(folder, { ...mark, probe: 'http://127.0.0.1:1' });
	expect(await runningAt(folder)).toBeNull();
	noteRunning(folder, { ...mark, pid: 2 ** 22 + 1 });
	expect(await runningAt(folder)).toBeNull();
});

test('only the one that left the note takes it away', async () => {
	noteRunning(folder, mark);
	forgetRunning(folder, 'yang lain');
	expect(await runningAt(folder)).toEqual(mark);
	forgetRunning(folder, 'ini');
	expect(await runningAt(folder)).toBeNull();
});

test('the data folder is .asah in the clone unless ASAH_DATA says otherwise', () => {
	expect(dataFolder({})).toBe(join(import.meta.dirname, '..', '.asah'));
	expect(dataFolder({ ASAH_DATA: tmpdir() })).toBe(tmpdir());
});
