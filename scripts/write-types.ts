// `npm run types`: src/platform/db/types.gen.ts from the migrations, by way of a database that lives as long as this.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';

const folder = mkdtempSync(join(tmpdir(), 'asah-types-'));
const server = await startEmbedded(folder, { durable: false });
try {
	await migrate(server.url);
	execFileSync(
		process.execPath,
		[join(import.meta.dirname, 'generate-types.ts'), server.url, ...process.argv.slice(2)],
		{ stdio: 'inherit' }
	);
} finally {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
}
