import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, pinnedNode } from './installed.mjs';
import { fail, say } from './terminal.mjs';

const PROGRAMS = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];

/** Where browsers of Chromium's family usually are. */
const USUAL = {
	linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'].flatMap(
		(name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`, `/snap/bin/${name}`]
	),
	darwin: [
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
	],
	win32: PROGRAMS.flatMap((folder) =>
		folder
			? [
					join(folder, 'Google/Chrome/Application/chrome.exe'),
					join(folder, 'Microsoft/Edge/Application/msedge.exe')
				]
			: []
	)
};

/** @returns {Promise<string | null>} a browser that starts */
export async function findBrowser() {
	const named = process.env['CHROME_PATH'];
	if (named) return works(named) ? named : fail('browser.wrongPath', { path: named });
	const usual = process.platform in USUAL ? USUAL[/** @type {keyof typeof USUAL} */ (process.platform)] : [];
	for (const path of [...usual, await ownDownload()]) if (path && works(path)) return path;
	return null;
}

/** Finds a browser, else installs one, else says exactly what to do and ends. */
export async function ensureBrowser() {
	const found = await findBrowser();
	if (found) return found;
	const root = process.getuid?.() === 0;
	const debian = existsSync('/etc/debian_version');
	say('browser.install');
	// Debian's package brings the libraries along that a bare download lacks.
	if (debian && root) {
		const apt = {
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
			encoding: /** @type {const} */ ('utf8')
		};
		spawnSync('apt-get', ['update', '-qq'], apt);
		spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], apt);
	}
	if (!(await findBrowser())) {
		const cli = join(ROOT, 'node_modules', 'playwright-core', 'cli.js');
		spawnSync(pinnedNode(), [cli, 'install', 'chromium'], {
			cwd: ROOT,
			stdio: 'inherit',
			timeout: 10 * 60_000
		});
	}
	const installed = await findBrowser();
	if (installed) return installed;
	return fail(debian && !root ? 'browser.debian' : 'browser.none', {}, 1);
}

/** Playwright's own download, if there is one. */
async function ownDownload() {
	try {
		const { chromium } = await import('playwright-core');
		return chromium.executablePath();
	} catch {
		return null;
	}
}

/** @param {string} path */
function works(path) {
	if (!existsSync(path)) return false;
	// On Windows --version opens a window instead of answering.
	if (process.platform === 'win32') return true;
	return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}
