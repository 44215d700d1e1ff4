import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../make/database.ts';
import { ROOT } from './tree.ts';

let scratch: Awaited<ReturnType<typeof testDatabase>>;
const folder = mkdtempSync(join(tmpdir(), 'asah-types-'));
beforeAll(async () => void (scratch = await testDatabase()));
afterAll(async () => {
	await scratch.drop();
	rmSync(folder, { recursive: true, force: true });
});

function generated(): string {
	const out = join(folder, 'types.gen.ts');
	execFileSync(process.execPath, [join(ROOT, 'scripts/generate-types.ts'), scratch.url, out]);
	return readFileSync(out, 'utf8');
}

describe('the table types', () => {
	test('are those of the migrated database (npm run types writes them anew)', () => {
		expect(generated()).toBe(readFileSync(join(ROOT, 'src/platform/db/types.gen.ts'), 'utf8'));
	});
	test('that lack a column are caught', async () => {
		const owner = new pg.Client({ connectionString: scratch.url });
		await owner.connect();
		await owner.query('alter table people.unit add column planted text');
		await owner.end();
		expect(generated()).not.toBe(readFileSync(join(ROOT, 'src/platform/db/types.gen.ts'), 'utf8'));
	});
});
