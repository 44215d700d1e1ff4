// `npm run new:slice NAME`: an empty room with the file names of all others. It writes its own folder and nothing else.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { roomFiles } from './new-slice/room.ts';
import { complain, say } from './terminal.mjs';

const SLICES = join(import.meta.dirname, '../src/slices');
const name = process.argv[2] ?? '';

if (!/^[a-z][a-z]{2,20}$/.test(name)) {
	complain('slice.name', { name });
	process.exit(2);
}
const folder = join(SLICES, name);
if (existsSync(folder)) {
	complain('slice.exists', { folder });
	process.exit(2);
}
for (const [path, text] of Object.entries(roomFiles(name))) {
	const file = join(folder, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text, { flag: 'wx' });
	console.log(`  src/slices/${name}/${path}`);
}
say('slice.next', { name });
