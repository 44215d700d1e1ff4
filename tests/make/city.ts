import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const LONGEST_START_MS = 5 * 60_000;

const Ready = z.object({
	ready: z.literal(true),
	address: z.string(),
	accounts: z.array(
		z.object({ role: z.string(), username: z.string(), password: z.string(), does: z.string() })
	)
});

/**
 * For vitest: the built app with the demo city on data of its own, as `npm start` would serve it. TEST_CITY_URL is its
 * address, TEST_CITY_ACCOUNTS the printed accounts as JSON. TEST_CITY_URL given from outside is used as it is.
 */
export async function setup(): Promise<() => Promise<void>> {
	if (process.env['TEST_CITY_URL']) return async () => undefined;
	const data = mkdtempSync(join(tmpdir(), 'asah-city-'));
	mkdirSync(join(ROOT, 'tests/.results'), { recursive: true });
	const log = createWriteStream(join(ROOT, 'tests/.results/server.log'));
	const server = spawn(process.execPath, [join(ROOT, 'scripts/serve.ts')], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		env: {
			...withoutOurs(process.env),
			NODE_ENV: 'production',
			PORT: String(await freePort()),
			ASAH_DATA: data
		}
	});
	server.stdout?.pipe(log);
	server.stderr?.pipe(log);
	const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	const stop = async (): Promise<void> => {
		server.kill('SIGTERM');
		await ended;
		rmSync(data, { recursive: true, force: true });
	};
	try {
		const ready = await new Promise<z.infer<typeof Ready>>((resolve, reject) => {
			const late = setTimeout(() => reject(new Error('the city did not open in time')), LONGEST_START_MS);
			server.on('message', (message) => {
				const read = Ready.safeParse(message);
				if (!read.success) return;
				clearTimeout(late);
				resolve(read.data);
			});
			server.once('exit', (code) => {
				clearTimeout(late);
				reject(new Error(`the server ended with ${String(code)}; see tests/.results/server.log`));
			});
		});
		process.env['TEST_CITY_URL'] = ready.address;
		process.env['TEST_CITY_ACCOUNTS'] = JSON.stringify(ready.accounts);
	} catch (error) {
		await stop();
		throw error;
	}
	return stop;
}

/** Neither the settings of the person who runs the tests nor vitest's own variables belong to the server. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
	Object.fromEntries(
		Object.entries(env).filter(
			([name]) => !/^(ASAH_|TEST|VITEST|VITE_|DATABASE_URL$|HOST$|NODE_OPTIONS$)/.test(name)
		)
	);

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().on('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
