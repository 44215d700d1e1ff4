import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
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
if (!existsSync(made) || !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== fingerprint) {
	process.chdir(ROOT);
	// Loaded only now: it takes seconds.
	const { compile } = await import('@inlang/paraglide-js');
	await compile(paraglideOptions());
	mkdirSync(dirname(STAMP), { recursive: true });
	writeFileSync(STAMP, fingerprint);
}
