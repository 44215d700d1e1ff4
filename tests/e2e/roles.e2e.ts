import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placesIn } from '#ui/palette-search.ts';
import { city, openBrowser } from '../make/browser.ts';
import { barriers, DESK, gibberish, PHONE, picture, signedIn, sticksOut } from './visitor.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const slug = (text: string) =>
	text
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');

describe('every role', () => {
	test('signs in with the printed account and opens every stage of its menu, on a desk and on a phone', async () => {
		const trouble: string[] = [];
		const walk = async (role: string, size: string, viewport: typeof DESK) => {
			const { page, context } = await signedIn(browser, role, viewport);
			page.on('pageerror', (error) => trouble.push(`${role} ${page.url()}: ${error.message}`));
			const hrefs = await page
				.locator('nav a[href^="/"]')
				.evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))]);
			for (const href of ['/', ...hrefs.filter((one) => one !== '/')]) {
				const answer = await page.goto(href);
				if (answer?.status() !== 200) trouble.push(`${role} ${href}: ${String(answer?.status())}`);
				if (await sticksOut(page)) trouble.push(`${role} ${href} at ${size}: sticks out sideways`);
				trouble.push(...(await gibberish(page)));
				// The other screens are searched and pictured once, in screens.e2e.ts.
				if (href !== '/') continue;
				trouble.push(...(await barriers(page)).map((one) => `${role} ${size} ${one}`));
				await picture(page, `${slug(role)}-${size}-home`);
			}
			await context.close();
		};
		// Two at a time: one thinks in the browser while the other waits for the server.
		const left = city().accounts.flatMap(({ role }) => [
			() => walk(role, '1366', DESK),
			() => walk(role, '360', PHONE)
		]);
		const next = async (): Promise<void> => {
			for (let one = left.shift(); one; one = left.shift()) await one();
		};
		await Promise.all([next(), next()]);
		expect(trouble).toEqual([]);
	}, 1_200_000);
});

/** Those whose rights differ most: what one of them may open, most others may. */
const ROLES_APART = [
	'Pegawai (loket Medan Marelan)',
	'Kepala unit (camat)',
	'Widyaiswara',
	'BKPSDM, bidang pengembangan kompetensi',
	'Inspektorat'
];

describe('Ctrl+K', () => {
	test('offers each role the pages inside the rooms, and every one of them opens', async () => {
		const trouble: string[] = [];
		for (const role of ROLES_APART) {
			const { page, context } = await signedIn(browser, role);
			const told: unknown = await (await page.request.get('/palette')).json();
			const places = placesIn(told);
			expect(places.length).toBeGreaterThan(8);
			for (const { href } of places) {
				const answer = await page.request.get(href);
				if (answer.status() !== 200) trouble.push(`${role} ${href}: ${String(answer.status())}`);
			}
			await context.close();
		}
		expect(trouble).toEqual([]);
	}, 300_000);

	test('finds a page by a few letters and opens it with Enter', async () => {
		const { page, context } = await signedIn(browser, 'BKPSDM, bidang pengembangan kompetensi');
		await page.getByRole('button', { name: /Cari halaman/ }).waitFor();
		await page.keyboard.press('Control+k');
		await page.getByRole('combobox').fill('peta kesenj');
		await page.getByRole('option', { name: /Peta kesenjangan/ }).waitFor();
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/needs\/heat/);
		await context.close();
	});
});

describe('a stranger', () => {
	test('is led to the sign-in page and back to where they wanted to go', async () => {
		const { url } = city();
		const page = await (await browser.newContext({ baseURL: url })).newPage();
		await page.goto('/plans');
		expect(new URL(page.url()).pathname).toBe('/sign-in');
		expect(new URL(page.url()).searchParams.get('next')).toBe('/plans');
		expect(await barriers(page)).toEqual([]);
		await page.context().close();
	});
	test('checks a certificate: a wrong code is an answer, not an error', async () => {
		const page = await (await browser.newContext({ baseURL: city().url })).newPage();
		const answer = await page.goto('/verify/medan/AAAA-BBBB-CCCC');
		expect(answer?.status()).toBe(200);
		expect(await page.locator('main').innerText()).toContain('AAAA-BBBB-CCCC');
		expect(await barriers(page)).toEqual([]);
		await page.context().close();
	});
});
