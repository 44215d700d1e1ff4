// Every screen that a link leads to, once: on a phone in the dark, at a desk in the light.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../make/browser.ts';
import { as, barriers, DESK, gibberish, PHONE, picture, sticksOut } from './visitor.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Who together may open every screen that has a link. */
const VISITORS = [
	'BKPSDM, bidang pengembangan kompetensi',
	'Pegawai (loket Medan Marelan)',
	'Atasan langsung',
	'Widyaiswara',
	'Wali kota'
];
/** Not pages: files, and the way out. */
const NOT_A_PAGE =
	/\.(csv|xlsx|pdf|json|ics|txt)$|\/(pdf|docx|zip|badge|brief|bundle|sign-out|files|photo|evidence|export)(\/|$)|^\/needs\/reports\/[^/]+$|^\/(papers|credentials)\/.*\/preview|\/siasn\/[^/]+\/./;

/** One screen for all things of its kind: /classes/[id]?tab */
function screenOf(href: string): string {
	const url = new URL(href, 'http://asah');
	const path = url.pathname
		.split('/')
		.map((part) => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(part) || /\d/.test(part) ? '[id]' : part))
		.join('/');
	const tab = url.searchParams.get('tab');
	return tab ? `${path}?tab=${tab}` : path;
}

test.concurrent.each([
	['1366', DESK, 'light'],
	['360', PHONE, 'dark']
] as const)(
	'at %s pixels nothing is broken, sticks out or shuts anybody out',
	async (size, viewport, theme) => {
		const trouble: string[] = [];
		const seen = new Set<string>();
		for (const role of VISITORS)
			await as(
				browser,
				role,
				async ({ page, context }) => {
					await context.addCookies([{ name: 'asah_theme', value: theme, url: new URL(page.url()).origin }]);
					page.on('pageerror', (error) => trouble.push(`${role} ${page.url()}: ${error.message}`));
					const queue = ['/', '/account', '/display'];
					for (let href = queue.shift(); href !== undefined; href = queue.shift()) {
						const screen = href === '/' ? `home of ${role}` : screenOf(href);
						if (seen.has(screen)) continue;
						seen.add(screen);
						const answer = await page.goto(href);
						if (answer?.status() !== 200) {
							trouble.push(`${role} ${href}: ${String(answer?.status())}`);
							continue;
						}
						if (await sticksOut(page)) trouble.push(`${href} sticks out sideways`);
						trouble.push(...(await barriers(page)));
						trouble.push(...(await gibberish(page)));
						await picture(page, `screen-${size}-${screen.replace(/[^a-z0-9]+/gi, '-')}`);
						const links = await page
							.locator('a[href^="/"]')
							.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
						for (const link of links)
							if (!NOT_A_PAGE.test(new URL(link, 'http://asah').pathname) && !seen.has(screenOf(link)))
								queue.push(link);
					}
				},
				viewport
			);
		// A crawl that finds nothing must not pass.
		expect(seen.size).toBeGreaterThan(60);
		expect(trouble).toEqual([]);
	},
	1_200_000
);

test('with letters twice as large a phone still shows every door, none upon another, and nothing sticks out', async () => {
	await as(
		browser,
		'BKPSDM, bidang pengembangan kompetensi',
		async ({ page }) => {
			const trouble: string[] = [];
			for (const path of [
				'/',
				'/people',
				'/classes',
				'/needs',
				'/plans',
				'/reports',
				'/people/search?q=si'
			]) {
				await page.goto(path);
				await page.addStyleTag({ content: 'html { font-size: 200% } .tag { white-space: normal }' });
				trouble.push(
					...(await page.evaluate((where) => {
						const doors = [...document.querySelectorAll('header:first-of-type :is(a, button)')]
							.map((door) => door.getBoundingClientRect())
							.filter((box) => box.width > 0);
						const upon = doors.some((one, at) =>
							doors
								.slice(at + 1)
								.some(
									(two) => two.left < one.right - 1 && two.top < one.bottom - 1 && one.left < two.right - 1
								)
						);
						const out = document.documentElement.scrollWidth - innerWidth;
						return [
							...(upon ? [`${where}: doors overlap`] : []),
							...(out > 0 ? [`${where}: ${out} px out`] : [])
						];
					}, path))
				);
			}
			expect(trouble).toEqual([]);
		},
		PHONE
	);
});
