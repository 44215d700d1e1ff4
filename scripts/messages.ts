import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { dirname, join } from 'node:path';
import { paraglideOptions } from '#platform/i18n/paraglide-options.ts';

/**
 * Finds every messages/ folder under src and turns the messages into functions. The list is written by this script so
 * that a new room's words are found without anyone keeping it. Says nothing and changes nothing when all is current.
 */
const ROOT = join(import.meta.dirname, '..');
const SETTINGS = join(ROOT, 'project.inlang', 'settings.json');
const STAMP = join(ROOT, 'node_modules', '.cache', 'asah-messages');

const folders = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
	.map((path) => path.replaceAll('\\', '/'))
	.filter((path) => path.endsWith('/messages/id.json'))
	.map((path) => `./src/${path.replace(/id\.json$/, '{locale}.json')}`)
	.sort();

const settings = {
	baseLocale: 'id',
	locales: ['id', 'en'],
	// Its published default is an address on the internet: without a connection the build would have no messages at all.
	modules: ['./node_modules/@inlang/plugin-message-format/dist/index.js'],
	'plugin.inlang.messageFormat': { pathPattern: folders }
};

const text = `${JSON.stringify(settings, null, '\t')}\n`;
if (!existsSync(SETTINGS) || readFileSync(SETTINGS, 'utf8') !== text) {
	mkdirSync(dirname(SETTINGS), { recursive: true });
	writeFileSync(SETTINGS, text);
}

// Compiling empties the folder first, under the eyes of a running dev server or test: not without need.
const hash = createHash('sha256').update(text).update(JSON.stringify(paraglideOptions()));
for (const folder of folders)
	for (const locale of settings.locales) {
		const file = join(ROOT, folder.replace('{locale}', locale));
		if (existsSync(file)) hash.update(readFileSync(file));
	}
const fingerprint = hash.digest('hex');
const made = join(ROOT, paraglideOptions().outdir, 'messages.js');
const isCurrent = (): boolean =>
	existsSync(made) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint;

if (!isCurrent()) {
	mkdirSync(dirname(STAMP), { recursive: true });
	await whileAlone(async () => {
		if (isCurrent()) return;
		// Loaded only now: it takes seconds. Files of words that are gone stay behind; nothing imports them.
		const { compileMessages } = await import('./compile-messages.ts');
		await compileMessages(ROOT, settings, { ...paraglideOptions(), cleanOutdir: false });
		writeFileSync(STAMP, fingerprint);
	});
}

/** One at a time: two test runs that begin together would write the same files. */
async function whileAlone(work: () => Promise<void>): Promise<void> {
	const lock = `${STAMP}.lock`;
	for (;;) {
		try {
			mkdirSync(lock);
			break;
		} catch {
			// Left behind by a killed one.
			const found = statSync(lock, { throwIfNoEntry: false });
			if (found && Date.now() - found.mtimeMs > 120_000) rmSync(lock, { recursive: true, force: true });
			await pause(100);
		}
	}
	try {
		await work();
	} finally {
		rmSync(lock, { recursive: true, force: true });
	}
}
