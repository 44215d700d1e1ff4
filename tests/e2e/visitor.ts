import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { city, type CityAccount } from '../make/browser.ts';

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1366, height: 768 };
const SCREENS = join(import.meta.dirname, '../.results/screens');

export type Visitor = { page: Page; context: BrowserContext; account: CityAccount };

/** Somebody signed in as the printed account of a role, on a phone or at a desk. */
export async function signedIn(browser: Browser, role: string, viewport = DESK): Promise<Visitor> {
	const { url, accounts } = city();
	const account = accounts.find((one) => one.role === role);
	if (!account)
		throw new Error(`no demo account for ${role}; there are ${accounts.map((one) => one.role).join(', ')}`);
	const context = await browser.newContext({ viewport, baseURL: url, locale: 'id-ID' });
	const page = await context.newPage();
	await signIn(page, account);
	return { page, context, account };
}

export async function signIn(page: Page, account: CityAccount): Promise<void> {
	await page.goto('/sign-in');
	await page.locator('input[name="username"]').fill(account.username);
	await page.locator('input[name="password"]').fill(account.password);
	await page.locator('main form button[type="submit"]').first().click();
	await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

/** Somebody's visit, ended whatever happens in it. */
export async function as(
	browser: Browser,
	role: string,
	visit: (visitor: Visitor) => Promise<void>,
	viewport = DESK
): Promise<void> {
	const visitor = await signedIn(browser, role, viewport);
	try {
		await visit(visitor);
	} finally {
		await visitor.context.close();
	}
}

export const main = (page: Page) => page.locator('main');

/** What axe finds wrong with the page (WCAG 2.2 A and AA), as one line each. */
export async function barriers(page: Page): Promise<string[]> {
	// What a bar at the foot of the window covers can be scrolled out from under it; axe does not scroll.
	await page.evaluate(() => {
		for (const bar of document.querySelectorAll('.sticky'))
			if (bar instanceof HTMLElement) bar.style.position = 'static';
	});
	// Legacy: asked in the page itself. Otherwise each question opens a blank page beside it, and what is well is written
	// down at length: four times as slow, and nothing else is found.
	const found = await new AxeBuilder({ page })
		.options({
			runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
			resultTypes: ['violations']
		})
		.setLegacyMode(true)
		.analyze();
	return found.violations.map(
		(one) => `${new URL(page.url()).pathname}: ${one.id} ${one.nodes[0]?.target.join(' ') ?? ''}`
	);
}

/** Does anything stick out sideways? */
export const sticksOut = (page: Page): Promise<boolean> =>
	page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);

/** As far down as somebody looks; an organisation chart on a phone is a hundred thousand pixels long. */
const LOOKED_AT = 4000;

/** A picture to look at, in tests/.results/screens; not PNG, which takes nearly twice as long. */
export async function picture(page: Page, name: string): Promise<void> {
	mkdirSync(SCREENS, { recursive: true });
	const { width, height } = await page.evaluate(() => ({
		width: document.documentElement.clientWidth,
		height: document.documentElement.scrollHeight
	}));
	await page.screenshot({
		path: join(SCREENS, `${name}.jpg`),
		quality: 70,
		fullPage: true,
		clip: { x: 0, y: 0, width, height: Math.min(height, LOOKED_AT) }
	});
}

/** What no sentence says: a value that the page could not put into words. */
export async function gibberish(page: Page): Promise<string[]> {
	const words = await page.evaluate(() => {
		const names = [...document.querySelectorAll('code')];
		for (const name of names) name.hidden = true;
		// An office writes these into the patterns of its own numbers, and is shown them again.
		const said = document.body.innerText.replaceAll(/\{(no(:0+)?|bulanRomawi|bulan|tahun|tanggal)\}/g, '');
		for (const name of names) name.hidden = false;
		return said;
	});
	return (
		/\[object \w+\]|\bundefined\b|\bNaN\b|\bnull\b|\b[a-z]+(\.[a-z]+[A-Z]\w*){1,}\b|\{\w+\}/.exec(words) ?? []
	)
		.slice(0, 1)
		.map((found) => `${new URL(page.url()).pathname}: says “${found}”`);
}
