import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { sentence } from '../../scripts/terminal.mjs';
import { addressOf, onServer } from './database.ts';

const TEMPLATE = 'asah_template';

/**
 * For vitest: one server for all files, and on it one migrated database that each file clones. The server is the
 * embedded one in a temporary folder, or the one at TEST_DATABASE_URL (the address of a user who may create databases
 * and roles).
 */
export async function setup(): Promise<() => Promise<void>> {
	const given = process.env['TEST_DATABASE_URL'];
	const folder = given ? null : mkdtempSync(join(tmpdir(), 'asah-test-'));
	const server = folder === null ? null : await startEmbedded(folder, { durable: false, say: warn });
	const url = server?.url ?? given ?? '';
	const template = addressOf(url, TEMPLATE);
	await onServer(url, `drop database if exists ${TEMPLATE} with (force)`, `create database ${TEMPLATE}`);
	await migrate(template);
	process.env['TEST_TEMPLATE_URL'] = template;
	return async () => {
		if (server === null) await onServer(url, `drop database if exists ${TEMPLATE} with (force)`);
		await server?.stop();
		if (folder !== null) rmSync(folder, { recursive: true, force: true });
	};
}

/** A test run is quiet, except when the server dies under it. */
function warn(code: string, facts: Record<string, string | number> = {}): void {
	if (code === 'database.recovering' || code === 'database.recovered') console.warn(sentence(code, facts));
}
