// What people do wrong, and what goes wrong for them, in the browser.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAgency } from '../../demo/people/agency.ts';
import { brokenExport } from '../../demo/people/broken.ts';
import { csvText } from '../../demo/people/sheets.ts';
import { asnTable } from '../../demo/people/siasn.ts';
import { city, openBrowser } from '../make/browser.ts';
import { as, main, picture, signedIn, signIn } from './visitor.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

async function fillClaim(page: Page, title: string): Promise<void> {
	await page.getByRole('textbox').first().fill(title);
	for (const field of await page.locator('main form [required]').all())
		if ((await field.getAttribute('type')) === 'date') await field.fill('2026-11-02');
		else if ((await field.getAttribute('type')) === 'number') await field.fill('4');
		else if ((await field.locator('option').count()) > 0) await field.selectOption({ index: 1 });
		else if ((await field.inputValue()) === '') await field.fill('Dinas contoh');
}

describe('a session that ends while somebody types', () => {
	test('she signs in again in another tab, presses once more, and nothing is lost', async () => {
		await as(browser, 'Pegawai (loket Medan Marelan)', async ({ page, context, account }) => {
			await page.goto('/credentials/claim');
			const title = page.getByRole('textbox').first();
			await title.fill('Seminar pelayanan di Lubuk Pakam');
			await context.clearCookies();
			await fillClaim(page, await title.inputValue());
			await page.locator('main form').getByRole('button').last().click();
			await main(page).getByText('Sesi Anda sudah berakhir.').waitFor();
			expect(await title.inputValue()).toBe('Seminar pelayanan di Lubuk Pakam');
			await picture(page, 'trouble-1-expired');
			const other = await context.newPage();
			await signIn(other, account);
			await other.close();
			await page.locator('main form').getByRole('button').last().click();
			await page.waitForURL(/\/credentials(\?|$)/);
			await main(page).getByText('Seminar pelayanan di Lubuk Pakam').first().waitFor();
			expect(await main(page).getByText('Seminar pelayanan di Lubuk Pakam').count()).toBe(1);
		});
	});

	test('without scripts what was typed waits in a page, and is sent once somebody has signed in beside it', async () => {
		await as(browser, 'Pegawai (loket Medan Marelan)', async ({ context, account }) => {
			const plain = await browser.newContext({ baseURL: city().url, javaScriptEnabled: false });
			try {
				await plain.addCookies(await context.cookies());
				const page = await plain.newPage();
				await page.goto('/credentials/claim');
				await fillClaim(page, 'Seminar tanpa skrip');
				await plain.clearCookies();
				await page.locator('main form').getByRole('button').last().click();
				await main(page).getByText('isian Anda tetap ada di halaman ini').waitFor();
				await picture(page, 'trouble-1-expired-plain');
				const other = await plain.newPage();
				await signIn(other, account);
				await other.close();
				await main(page).getByRole('button', { name: 'Kirim lagi' }).click();
				await page.waitForURL(/\/credentials(\?|$)/);
				expect(await main(page).getByText('Seminar tanpa skrip').count()).toBe(1);
			} finally {
				await plain.close();
			}
		});
	});
});

describe('two who decide at once', () => {
	test('one approves, the other is told who did and when', async () => {
		const [one, two] = await Promise.all([
			signedIn(browser, 'Atasan langsung'),
			signedIn(browser, 'Atasan langsung')
		]);
		try {
			await Promise.all([one.page.goto('/classes/approvals'), two.page.goto('/classes/approvals')]);
			const who = await one.page.getByRole('article').first().getByRole('heading').innerText();
			await one.page
				.getByRole('article')
				.filter({ hasText: who })
				.getByRole('button', { name: 'Setujui' })
				.click();
			await one.page.getByRole('article').filter({ hasText: who }).waitFor({ state: 'detached' });
			await two.page
				.getByRole('article')
				.filter({ hasText: who })
				.getByRole('button', { name: 'Setujui' })
				.click();
			await two.page
				.getByText(/sudah disetujui oleh Eka Handayani/)
				.first()
				.waitFor();
			await picture(two.page, 'trouble-2-decided-by-another');
		} finally {
			await one.context.close();
			await two.context.close();
		}
	});
});

describe('a survey that is closed while somebody answers', () => {
	test('the answer that came too late is told, kept on the device, and can be thrown away', async () => {
		// Next door, where no other journey needs the survey open.
		const [typing, office] = await Promise.all([
			signedIn(browser, 'BKPSDM Palembang'),
			signedIn(browser, 'BKPSDM Palembang')
		]);
		try {
			await typing.page.goto('/needs/rate?at=1');
			await typing.page.getByRole('radio').nth(2).check();
			await main(typing.page).getByText('Tersimpan').first().waitFor();
			const sheet = await typing.context.newPage();
			await sheet.goto('/needs/team');
			await sheet.getByRole('textbox').first().waitFor();
			await office.page.goto('/needs');
			await office.page
				.getByRole('link', { name: /Analisis kebutuhan/ })
				.first()
				.click();
			await office.page.getByRole('button', { name: 'Tutup survei' }).first().click();
			await office.page.getByText('Survei ditutup.').first().waitFor();

			await typing.page.getByRole('radio').nth(3).check();
			await main(typing.page)
				.getByText(/sudah ditutup/)
				.first()
				.waitFor();
			await picture(typing.page, 'trouble-8-closed-while-answering');
			await typing.page.goto('/needs/rate');
			await main(typing.page).getByText('1 jawaban terlambat masih tersimpan di perangkat ini').waitFor();
			await typing.page.getByRole('button', { name: 'Buang dari perangkat ini' }).click();
			await main(typing.page).getByText('jawaban terlambat').waitFor({ state: 'detached' });
			await typing.page.reload();
			expect(await main(typing.page).getByText('jawaban terlambat').count()).toBe(0);

			// The supervisor's sheet of the same survey was still open.
			await sheet.locator('input.cell').first().fill('2');
			await main(sheet)
				.getByText(/sudah ditutup/)
				.first()
				.waitFor();
			await sheet.goto('/needs/team');
			await main(sheet).getByText('1 jawaban terlambat masih tersimpan di perangkat ini').waitFor();
		} finally {
			await typing.context.close();
			await office.context.close();
		}
	});
});

describe('files that cannot be right', () => {
	const upload = { name: 'asn.csv', mimeType: 'text/csv' };
	test.each([
		[
			'a picture that says it is a sheet',
			{ ...upload, buffer: Buffer.from('\x89PNG\r\n\x1a\n000', 'latin1') }
		],
		['an empty file', { ...upload, buffer: Buffer.alloc(0) }],
		[
			'a letter',
			{ name: 'surat.csv', mimeType: 'text/csv', buffer: Buffer.from('Dengan hormat,\nterlampir.\n') }
		]
	])('%s is refused in words, and nothing is kept', async (_, file) => {
		await as(browser, 'BKPSDM, bidang pengembangan kompetensi', async ({ page }) => {
			await page.goto('/people/import');
			const before = await page.getByRole('row').count();
			await page.locator('input[type="file"]').setInputFiles(file);
			await page.getByRole('button', { name: 'Periksa berkas' }).click();
			await page.locator('main [role="alert"], main [aria-live], main .text-bad').first().waitFor();
			expect(new URL(page.url()).pathname).toBe('/people/import');
			await page.goto('/people/import');
			expect(await page.getByRole('row').count()).toBe(before);
		});
	});

	test('of 14,351 rows with 500 broken ones each wrong cell is named, and nothing is written before Terapkan', async () => {
		const { csv } = brokenExport(makeAgency('medan'));
		await as(browser, 'BKPSDM, bidang pengembangan kompetensi', async ({ page }) => {
			await page.goto('/people/import');
			await page
				.locator('input[type="file"]')
				.setInputFiles({ name: 'asn-rusak.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
			await page.getByRole('button', { name: 'Periksa berkas' }).click();
			await page.waitForURL(/\/people\/import\/[0-9a-f-]{36}/, { timeout: 60_000 });
			// 500 were broken; nine more say of a merged unit and of heads who moved what was true when the file was made.
			await main(page)
				.getByRole('link', { name: /Salah\s*509/ })
				.waitFor();
			const row = page.getByRole('row').nth(1);
			for (const cell of await row.getByRole('cell').all()) expect(await cell.innerText()).not.toBe('');
			await picture(page, 'trouble-3-500-wrong');
			const wrong = await page.request.get(`${new URL(page.url()).pathname}/wrong.csv`);
			expect((await wrong.text()).trim().split('\n').length).toBeGreaterThanOrEqual(501);
		});
	});

	test('what is right in a file is written by a job that can be watched', async () => {
		const { header, rows } = asnTable(makeAgency('palembang'));
		const title = header.indexOf('JABATAN NAMA');
		const changed = rows.map((row, index) =>
			index < 3 ? row.map((cell, at) => (at === title ? `${cell} (percobaan)` : cell)) : row
		);
		await as(browser, 'BKPSDM Palembang', async ({ page }) => {
			await page.goto('/people/import');
			await page.locator('input[type="file"]').setInputFiles({
				name: 'asn-baru.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(csvText({ header, rows: changed }))
			});
			await page.getByRole('button', { name: 'Periksa berkas' }).click();
			await page.waitForURL(/\/people\/import\/[0-9a-f-]{36}/);
			const sheet = page.url();
			await page.getByRole('button', { name: 'Terapkan 3 baris' }).click();
			await page.waitForURL(/\/jobs\//);
			await page.getByRole('link', { name: 'Lihat hasilnya' }).click();
			await page.waitForURL(sheet);
			await main(page).getByText('Diterapkan oleh').waitFor();
			expect(await page.getByRole('button', { name: /Terapkan/ }).count()).toBe(0);
			await page.goto('/people/search?q=percobaan');
			await picture(page, 'trouble-4-applied');
		});
	});
});
