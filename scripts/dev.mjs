// `npm run dev`: the same data, with the screens reloading as they are edited.
import { ensureInstalled } from './installed.mjs';
import { runPinned } from './pinned.mjs';
import { dataFolder, runningAt } from './running.mjs';
import { say } from './terminal.mjs';

const running = await runningAt(dataFolder(process.env));
if (running) {
	say('start.already', { address: running.address });
} else {
	await ensureInstalled({ dev: true });
	runPinned('dev.ts', { env: { NODE_ENV: 'development' } });
}
