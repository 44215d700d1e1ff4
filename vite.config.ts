import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { paraglideOptions } from './src/platform/i18n/paraglide-options.ts';
import { ORDER } from './src/slices/order.ts';

/** What every page shows, and what makes it live. */
const SHELL = new RegExp(
	[
		'node_modules[\\\\/](svelte|esm-env)[\\\\/]',
		'i18n[\\\\/]format\\.ts$',
		'ui[\\\\/](Icon|Button|PageHeader|Section|Breadcrumbs|EmptyState|Tag)\\.svelte$',
		'ui[\\\\/](Toasts|AccountMenu|Bell|CycleMenu|PhoneMenu|PaletteKey|OfflineBar)\\.svelte$'
	].join('|')
);

/** Small parts that the same pages need travel together: a chunk of 300 bytes costs as much again in headers and names. */
const TOGETHER = { minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 1000 };

/**
 * What goes to a browser in one file, from what every page needs down to what two pages of a room share. A group takes
 * along what it imports, so the floors of the house come first: no room's file holds a part of src/ui or of another
 * room, and a phone never pays for a room it did not enter. Measured by bench/first-page.ts.
 */
const FILES = [
	{ name: 'shell', test: SHELL },
	{ name: 'field', test: /src[\\/]ui[\\/](Field|TextInput)\.svelte$/ },
	{ name: 'form', test: /src[\\/]ui[\\/](Form|FormTrouble|Notice)\.svelte$/ },
	{ name: 'pages', test: /src[\\/]ui[\\/](Pagination\.svelte|list-url\.ts)$/ },
	{ name: 'table', test: /src[\\/]ui[\\/](Table|TableHead)\.svelte$/ },
	{ name: 'ui', test: /src[\\/]ui[\\/]|messages[\\/](ui|kernel)_/, ...TOGETHER },
	...ORDER.map((room) => ({
		name: room,
		test: new RegExp(`slices[\\\\/]${room}[\\\\/]|messages[\\\\/]${room}_`),
		...TOGETHER
	}))
].map((group, index, all) => ({ ...group, priority: all.length - index }));

export default defineConfig(({ command }) => ({
	plugins: [
		tailwindcss(),
		// A build finds the messages compiled (scripts/built.mjs); only the dev server watches them.
		command === 'serve' && paraglideVitePlugin(paraglideOptions()),
		sveltekit({
			adapter: adapter({ precompress: true }),
			// With two hundred routes their list was a sixth of what a phone fetches first; the server looks a route up when a
			// link is touched.
			router: { resolution: 'server' },
			// Addresses from the root: a screen that replaces another in place would look for its styles beside the old address.
			paths: { relative: false },
			csp: {
				mode: 'nonce',
				directives: {
					'default-src': ['self'],
					'script-src': ['self', 'strict-dynamic'],
					'style-src': ['self', 'unsafe-inline'],
					'img-src': ['self', 'data:', 'blob:'],
					'font-src': ['self'],
					'connect-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['self'],
					'form-action': ['self'],
					'frame-ancestors': ['none']
				}
			}
		})
	],
	build: { target: 'es2022', modulePreload: { polyfill: false } },
	environments: {
		// The server reads no maps: they were half of the build's size and a twentieth of its time.
		ssr: { build: { sourcemap: false } },
		client: { build: { rolldownOptions: { output: { codeSplitting: { groups: FILES } } } } }
	},
	server: { fs: { strict: true } }
}));
