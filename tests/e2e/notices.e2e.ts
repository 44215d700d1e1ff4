// What happens is told to whom it concerns, on their phone, and how they are told is theirs to choose.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../make/browser.ts';
import { as, barriers, DESK, gibberish, main, PHONE, picture, sticksOut, type Visitor } from './visitor.ts';

const OFFICE = 'BKPSDM, bidang pengembangan kompetensi';
const EMPLOYEE = 'Pegawai (loket Medan Marelan)';
const SUPERVISOR = 'Atasan langsung';

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const bell = ({ page }: Visitor) => page.locator('header a[href="/notices"]');
async function whole({ page }: Visitor, name: string) {
	expect([await barriers(page), await gibberish(page), await sticksOut(page)]).toEqual([[], [], false]);
	await picture(page, name);
}

test('the bell counts, opening a notice marks it read and leads to what it is about', () =>
	as(
		browser,
		EMPLOYEE,
		async (visitor) => {
			const { page } = visitor;
			await page.goto('/');
			const before = Number(/\d+/.exec((await bell(visitor).textContent()) ?? '')?.[0]);
			expect(before).toBeGreaterThan(0);
			expect(await bell(visitor).textContent()).toContain('pemberitahuan belum dibaca');
			await page.goto('/notices');
			await whole(visitor, 'notices-360');
			const [first] = await main(page)
				.locator('form[action="?/open"] button:has-text("Belum dibaca:")')
				.all();
			if (first === undefined) throw new Error('nothing is unread');
			await first.click();
			await page.waitForURL((address) => address.pathname !== '/notices');
			expect(Number(/\d+/.exec((await bell(visitor).textContent()) ?? '0')?.[0] ?? 0)).toBe(before - 1);
		},
		PHONE
	));

test('without scripts one chooses how to be told, and it stays chosen', async () => {
	await as(browser, SUPERVISOR, async ({ page, context }) => {
		const address = new URL(page.url()).origin;
		const plain = await browser.newContext({
			viewport: PHONE,
			javaScriptEnabled: false,
			baseURL: address,
			storageState: await context.storageState()
		});
		const still = await plain.newPage();
		await still.goto('/notices/settings');
		await still.locator('select[name="email.tasks"]').selectOption('now');
		await still.locator('select[name="digestHour:number"]').selectOption('16');
		await main(still).locator('button:has-text("Simpan")').click();
		await still.goto('/notices/settings');
		expect(await still.locator('select[name="email.tasks"]').inputValue()).toBe('now');
		expect(await still.locator('select[name="digestHour:number"]').inputValue()).toBe('16');
		await picture(still, 'notices-settings-360');
		await still.goto('/notices');
		await main(still).locator('button:has-text("Tandai semua sudah dibaca")').click();
		await still.goto('/notices');
		expect(await still.locator('header a[href="/notices"]').textContent()).not.toContain('belum dibaca');
		await plain.close();
	});
});

test('without a mail server the office works the outbox by hand', () =>
	as(browser, OFFICE, async (visitor) => {
		const { page } = visitor;
		await page.goto('/notices/outbox');
		expect(await main(page).textContent()).toContain('Belum ada server surel');
		await whole(visitor, 'notices-outbox-1366');
		await page.setViewportSize(PHONE);
		await whole(visitor, 'notices-outbox-360');
		await page.setViewportSize(DESK);
		// One that was read in the app since is not needed any more, and has nothing to send.
		const letters = main(page)
			.locator('article')
			.filter({ has: page.locator('summary') });
		expect(await letters.count()).toBeGreaterThan(0);
		await letters.first().locator('summary').click();
		expect(await letters.first().locator('textarea').inputValue()).toContain('/notices/settings');
		await letters.first().locator('button:has-text("Sudah saya kirim sendiri")').click();
		await page.locator('text=Dicatat sebagai terkirim').first().waitFor();
		await page.goto('/notices/outbox?status=sent');
		expect(await main(page).textContent()).toContain('Dikirim sendiri dengan program surel.');
	}));

test('the office copies what a class’s group chat should know', () =>
	as(browser, OFFICE, async (visitor) => {
		const { page } = visitor;
		await page.goto('/classes?status=open');
		await page.goto((await main(page).locator('a[href^="/classes/0"]').first().getAttribute('href')) ?? '/');
		await main(page).locator('a:has-text("Teks grup WhatsApp")').click();
		await page.waitForURL(/\/message$/);
		expect(await main(page).locator('textarea').first().inputValue()).toMatch(
			/diadakan .*\n[\s\S]*\/classes\//
		);
		await whole(visitor, 'class-message-1366');
		await page.setViewportSize(PHONE);
		await whole(visitor, 'class-message-360');
	}));
