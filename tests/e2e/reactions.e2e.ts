// A reaction form of the office's own, from its first word to the QR on the wall; every form of it without scripts.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { city, openBrowser } from '../make/browser.ts';
import { as, main, PHONE, picture, signIn, sticksOut } from './visitor.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const EMPLOYEE = 'Pegawai (loket Medan Marelan)';
const STRANGER = 'BKPSDM Palembang';
const OFFICE = 'BKPSDM, bidang pengembangan kompetensi';
const accountOf = (role: string) => {
	const account = city().accounts.find((one) => one.role === role);
	if (!account) throw new Error(`no account for ${role}`);
	return account;
};

test('the office writes a form without scripts, and nothing typed is lost', async () => {
	const context = await browser.newContext({
		baseURL: city().url,
		locale: 'id-ID',
		javaScriptEnabled: false
	});
	const page = await context.newPage();
	await signIn(page, accountOf(OFFICE));
	await page.goto('/evaluation/forms');
	await page.locator('input[name="name"]').fill('Tanggapan praktik');
	await page.locator('select[name="copyOf"]').selectOption({ label: 'Tanggapan sesi, pendek, versi 1' });
	await page.getByRole('button', { name: 'Mulai menulis' }).click();
	await page.waitForURL(/\/edit$/);
	const [last, again] = [
		page.locator('input[name="items.5.wordingId"]'),
		page.locator('input[name="items.6.wordingId"]')
	];
	await last.fill('Alat peraga mudah dipakai');
	await again.fill('Alat peraga mudah dipakai');
	await page.getByRole('button', { name: 'Simpan draf' }).click();
	await page.getByText('Kalimat ini sudah ada di formulir ini.').first().waitFor();
	expect(await last.inputValue()).toBe('Alat peraga mudah dipakai');
	await again.fill('');
	await page.getByRole('button', { name: 'Simpan draf' }).click();
	await main(page).getByText('Alat peraga mudah dipakai').waitFor();
	await page.setViewportSize(PHONE);
	expect(await sticksOut(page)).toBe(false);
	await picture(page, 'reactions-1-preview');
	await page.getByRole('button', { name: 'Berlakukan versi ini' }).click();
	await main(page).getByText('Dapat dipilih kelas').first().waitFor();
	await context.close();
});

test('a class takes it, its QR stands on the wall, and a phone that reads it signs in and is there', async () => {
	let classId = '';
	await as(browser, EMPLOYEE, async ({ page }) => {
		// The newest of their classes, whatever of it was done before.
		await page.goto('/learning');
		const links = await main(page)
			.locator('a[href^="/learning/"]')
			.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
		classId = links.flatMap((href) => /^\/learning\/([0-9a-f-]{36})$/.exec(href)?.[1] ?? [])[0] ?? '';
	});
	let address = '';
	await as(browser, OFFICE, async ({ page }) => {
		await page.goto(`/evaluation/${classId}/forms`);
		await page
			.getByLabel('Formulir di akhir kelas')
			.selectOption({ label: 'Tanggapan praktik, versi 1 (6 butir)' });
		await page.getByRole('button', { name: 'Simpan pilihan' }).click();
		await page.getByText('Pilihan formulir kelas ini tersimpan.').waitFor();
		await page.goto(`/evaluation/${classId}/screen`);
		await page.getByRole('img', { name: /Kode QR/ }).waitFor();
		address = (await page.locator('strong').first().textContent()) ?? '';
		await picture(page, 'reactions-2-screen');
	});
	const phone = await browser.newContext({ baseURL: city().url, locale: 'id-ID', viewport: PHONE });
	const page = await phone.newPage();
	await page.goto(`http://${address}`);
	await page.waitForURL(/\/sign-in/);
	const { username, password } = accountOf(EMPLOYEE);
	await page.locator('input[name="username"]').fill(username);
	await page.locator('input[name="password"]').fill(password);
	await page.locator('main form button[type="submit"]').first().click();
	await page.waitForURL(/\/evaluation\/react\//);
	expect(page.url()).toContain(classId);
	await phone.close();
	// Whoever is not of the class learns nothing of it, and finds the way home.
	await as(
		browser,
		STRANGER,
		async ({ page: strange }) => {
			await strange.goto(`http://${address}`);
			await main(strange).getByRole('link', { name: 'Ke beranda' }).waitFor();
			expect(await sticksOut(strange)).toBe(false);
		},
		PHONE
	);
});
