// `npm start`: from a fresh clone to a working city. Runs under the system's Node, as old as 20.
import { ensureInstalled } from './installed.mjs';
import { runPinned, SERVER_FLAGS } from './pinned.mjs';
import { dataFolder, runningAt } from './running.mjs';
import { say } from './terminal.mjs';

const running = await runningAt(dataFolder(process.env));
if (running) {
	say('start.already', { address: running.address });
} else {
	await ensureInstalled({ dev: false });
	runPinned('serve.ts', { env: { NODE_ENV: 'production' }, flags: SERVER_FLAGS });
}
