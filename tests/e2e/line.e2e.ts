// The line from a gap to a changed service number, each step by whoever does it, in the browser.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { city, openBrowser } from '../make/browser.ts';
import { counterPicture } from '../../demo/year/picture.ts';
import { as, main, PHONE, picture } from './visitor.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const EMPLOYEE = 'Pegawai (loket Medan Marelan)';
const SUPERVISOR = 'Atasan langsung';
const OFFICE = 'BKPSDM, bidang pengembangan kompetensi';

describe('from a gap to a changed number', () => {
	test('an employee rates herself on a phone, and every answer is kept as she gives it', async () => {
		await as(
			browser,
			EMPLOYEE,
			async ({ page }) => {
				await page.getByRole('link', { name: 'Isi penilaian diri' }).click();
				// Nine competencies of everybody, two of a counter, then how she would learn and what hinders her.
				for (let at = 1; at <= 13; at++) {
					await main(page).getByText(`${at} dari 13`).first().waitFor();
					const scales = await page
						.locator('main input[type=radio]')
						.evaluateAll((all) => [...new Set(all.map((one) => (one as HTMLInputElement).name))]);
					for (const name of scales) {
						await page.locator(`main input[name="${name}"]`).nth(2).check();
						await main(page).getByText('Tersimpan').first().waitFor();
					}
					await page.getByRole('button', { name: /^(Lanjut|Selesai)/ }).click();
					if (at === 4) {
						await page.reload();
						expect(await page.getByRole('link', { name: /, sudah dijawab/ }).count()).toBe(4);
					}
				}
				await page.goto('/needs');
				await main(page).getByText('23 dari 23 sudah dijawab').waitFor();
				await picture(page, 'line-1-self-rated');
			},
			PHONE
		);
	});

	test('her head of section rates the team like a spreadsheet', async () => {
		await as(browser, SUPERVISOR, async ({ page }) => {
			await page.goto('/needs/team');
			const row = page.getByRole('row', { name: /Rusmina Ndraha/ });
			await row.getByRole('textbox').first().focus();
			for (const level of [2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 2]) await page.keyboard.press(String(level));
			await main(page).getByText('1 dari 8 anggota tim sudah dinilai lengkap').waitFor();
			await page.reload();
			expect(
				await row
					.getByRole('textbox')
					.evaluateAll((cells) => cells.map((cell) => (cell as HTMLInputElement).value))
			).toEqual(['2', '1', '2', '1', '1', '1', '1', '1', '2', '1', '2']);
			await picture(page, 'line-2-team-rated');
		});
	});

	test('the head of the district reads where the gaps are, down to the people', async () => {
		await as(browser, 'Kepala unit (camat)', async ({ page }) => {
			await page.goto('/needs/heat');
			await page.getByRole('table').first().getByRole('link').last().click();
			await page.waitForURL(/\/needs\/heat\/people/);
			expect(await page.getByRole('row').count()).toBeGreaterThan(1);
			await picture(page, 'line-3-gap-opened');
		});
	});

	test('the office puts a gap into a plan and submits it; the secretary approves, the mayor decrees', async () => {
		let plan = '';
		await as(browser, OFFICE, async ({ page }) => {
			await page.goto('/plans/new');
			await page.getByLabel('Judul').fill('Rencana tambahan loket Marelan');
			await page.getByLabel('Pagu anggaran (Rp)').fill('90.000.000');
			await page.getByRole('button', { name: 'Buat dan isi kegiatan' }).click();
			await page.waitForURL(/\/plans\/[0-9a-f-]{36}/);
			plan = new URL(page.url()).pathname.split('/')[2] ?? '';
			await page.goto(`/plans/${plan}/gaps`);
			await page.getByLabel('Untuk unit').selectOption({ label: 'Kecamatan Medan Marelan' });
			await page.getByLabel('Kompetensi').selectOption({ label: 'M.05 Pelayanan Publik' });
			await page.getByRole('button', { name: 'Tampilkan' }).click();
			await page.getByRole('radio', { name: /Pelayanan Publik Prima/ }).check();
			await page.getByLabel('Kursi (orang)').fill('25');
			await page.getByLabel('Biaya seluruhnya (Rp)').fill('40.000.000');
			await page.getByLabel('Triwulan').selectOption({ label: 'Triwulan 4' });
			await page.getByLabel('Tujuan unit yang didukung').fill('Antrean di loket Marelan di bawah 30 menit');
			await picture(page, 'line-4-line-from-gap');
			await page.getByRole('button', { name: 'Masukkan ke rencana' }).click();
			await main(page).getByText('1 kegiatan').first().waitFor();
		});
		await as(browser, 'Kepala BKPSDM', async ({ page }) => {
			await page.goto(`/plans/${plan}`);
			await page.getByRole('button', { name: 'Ajukan rencana' }).click();
			await main(page).getByText('Diajukan').first().waitFor();
		});
		await as(browser, 'Sekretaris daerah', async ({ page }) => {
			await page.goto(`/plans/${plan}`);
			await page.getByRole('button', { name: 'Setujui rencana' }).click();
			await main(page).getByText('Disetujui').first().waitFor();
		});
		await as(browser, 'Wali kota', async ({ page }) => {
			await page.goto(`/plans/${plan}`);
			await page.getByLabel('Nomor SK').fill('188.44/1271/2026');
			await page.getByRole('button', { name: 'Tetapkan rencana ini' }).click();
			await main(page).getByText('188.44/1271/2026').first().waitFor();
			await picture(page, 'line-5-decreed');
		});
		await as(browser, OFFICE, async ({ page }) => {
			await page.goto(`/plans/${plan}`);
			expect(await page.getByRole('button', { name: /Ajukan|Simpan/ }).count()).toBe(0);
		});
	});

	test('the office makes a class of that line and opens it; an employee asks, her head approves', async () => {
		let here = '';
		await as(browser, OFFICE, async ({ page }) => {
			await page.goto('/classes/new');
			await page
				.getByRole('row', { name: /Rencana tambahan loket Marelan/ })
				.getByRole('link')
				.click();
			const day = await page.getByLabel('Hari pertama').inputValue();
			await page.getByLabel('Nama kelas').fill('Pelayanan Publik Prima bagi loket Marelan');
			await page.getByLabel('Tempat').fill('Aula Kecamatan Medan Marelan');
			await page.getByLabel('Kursi', { exact: false }).first().fill('25');
			await page.getByRole('button', { name: 'Buat kelas' }).click();
			await page.waitForURL(/\/classes\/[0-9a-f-]{36}/);
			here = new URL(page.url()).pathname;
			await page.goto(`${here}?tab=sessions`);
			await page.getByLabel('Topik').first().fill('Standar layanan di loket');
			await page.getByLabel('Tanggal').first().fill(day);
			await page.getByLabel('Mulai pukul').first().fill('22:00');
			await page.getByLabel('Sampai pukul').first().fill('23:30');
			await page.getByRole('button', { name: 'Tambahkan' }).click();
			await main(page).getByText('Standar layanan di loket').first().waitFor();
			await page.goto(here);
			await page.getByRole('button', { name: 'Buka kelas ini' }).click();
			await main(page).getByText('Pendaftaran dibuka').first().waitFor();
			await picture(page, 'line-6-class-open');
		});
		await as(
			browser,
			EMPLOYEE,
			async ({ page }) => {
				await page.goto(here);
				await page.getByLabel('Alasan').fill('Dipakai di loket mulai Senin.');
				await page.getByRole('button', { name: 'Minta ikut kelas ini' }).click();
				await main(page).getByText('Menunggu').first().waitFor();
				await picture(page, 'line-7-asked');
			},
			PHONE
		);
		await as(browser, SUPERVISOR, async ({ page }) => {
			await page.goto('/classes/approvals');
			const request = page.getByRole('article').filter({ hasText: 'Rusmina Ndraha' });
			await request.getByRole('button', { name: 'Setujui' }).click();
			await request.waitFor({ state: 'detached' });
		});
		await as(browser, EMPLOYEE, async ({ page }) => {
			await page.goto(here);
			await main(page).getByText('Terdaftar').first().waitFor();
		});
	});

	test('the facilitator marks everybody present and corrects one', async () => {
		await as(browser, 'Widyaiswara', async ({ page }) => {
			await page
				.getByRole('link', { name: /Isi daftar hadir|daftar hadir/i })
				.first()
				.click();
			await page.waitForURL(/attendance/);
			await page.getByRole('button', { name: /Semua hadir/ }).click();
			await page.getByRole('group').nth(1).getByText('Izin').click();
			await page.getByRole('button', { name: 'Simpan daftar hadir' }).click();
			await page.getByText(/Daftar hadir tersimpan/).waitFor();
			await page.reload();
			expect(await page.locator('fieldset').nth(1).getByRole('radio', { name: 'Izin' }).isChecked()).toBe(
				true
			);
			await picture(page, 'line-8-attendance');
		});
	});

	test('an employee goes on with a test on a phone, loses the line in between, and hands it in', async () => {
		await as(
			browser,
			EMPLOYEE,
			async ({ page, context }) => {
				await page.getByRole('link', { name: /Lanjutkan kuis/ }).click();
				await page.waitForURL(/\/learning\//);
				await page
					.getByRole('link', { name: /^Lanjutkan/ })
					.first()
					.click();
				await page.waitForURL(/\/learning\/attempt\//);
				expect(await page.getByRole('link', { name: /sudah dijawab/ }).count()).toBe(3);
				const total = await page.getByRole('link', { name: /^Soal \d+,/ }).count();
				for (let at = 4; at <= total; at++) {
					await page.getByRole('link', { name: `Soal ${at},` }).click();
					if (at === 5) await context.setOffline(true);
					await main(page).locator('label.choice').first().click();
					if (at === 5) {
						await page
							.getByText(/perangkat|ponsel/)
							.first()
							.waitFor();
						await context.setOffline(false);
					}
				}
				// A page that was read while the last answer was on its way does not know of it yet; the next one does.
				await expect
					.poll(
						async () => {
							await page.reload();
							return page.getByRole('link', { name: /sudah dijawab/ }).count();
						},
						{ timeout: 20_000 }
					)
					.toBe(total);
				await page.getByRole('link', { name: `Soal ${total},` }).click();
				await page.getByRole('button', { name: 'Ke akhir' }).click();
				await page.getByRole('button', { name: 'Serahkan jawaban' }).click();
				await picture(page, 'line-9-test-handed-in');
			},
			PHONE
		);
	});

	test('she says what she thought of a class, and cannot say it twice', async () => {
		await as(
			browser,
			EMPLOYEE,
			async ({ page }) => {
				await page
					.getByRole('link', { name: /Beri tanggapan/ })
					.first()
					.click();
				await page.waitForURL(/\/evaluation\/react\//);
				const form = page.url();
				for (const group of await main(page).getByRole('group').all())
					await group.getByRole('radio').last().check({ force: true });
				await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
				await page
					.getByText(/Terima kasih/)
					.first()
					.waitFor();
				await page.goto(form);
				expect(await page.getByRole('button', { name: 'Kirim tanggapan' }).count()).toBe(0);
			},
			PHONE
		);
	});

	test('the office issues certificates; a stranger checks one and sees no whole NIP', async () => {
		let verify = '';
		await as(browser, OFFICE, async ({ page }) => {
			await page.goto('/credentials/office');
			await page.getByRole('link', { name: /Periksa \d+ lulusan/ }).click();
			await page.getByRole('button', { name: /Terbitkan \d+ sertifikat/ }).click();
			await page.waitForURL(/\/jobs\//);
			await page.getByText('Selesai. Semua hasilnya sudah tersimpan.').waitFor({ timeout: 60_000 });
		});
		await as(browser, EMPLOYEE, async ({ page }) => {
			await page.goto('/credentials');
			await page
				.getByRole('link', { name: /Kursus Komunikasi dan Penanganan Keluhan/ })
				.first()
				.click();
			verify = (await page.getByRole('link', { name: /verify/ }).getAttribute('href')) ?? '';
			const pdf = await page.request.get(`${new URL(page.url()).pathname}/pdf`);
			expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
			await picture(page, 'line-10-certificate');
		});
		const context = await browser.newContext({ viewport: PHONE });
		const page = await context.newPage();
		await page.goto(new URL(verify, city().url).href);
		await main(page).getByText('Rusmina Ndraha').first().waitFor();
		const nip = city().accounts.find(({ role }) => role === EMPLOYEE)?.username ?? '';
		expect(await main(page).innerText()).not.toContain(nip);
		await picture(page, 'line-11-verified');
		await context.close();
	});

	test('she plans what will be different at her counter, her head agrees, she shows a photo', async () => {
		let here = '';
		await as(
			browser,
			EMPLOYEE,
			async ({ page }) => {
				await page
					.getByRole('link', { name: /Tulis rencana tindak lanjut/ })
					.first()
					.click();
				await page.getByLabel('Tujuan di tempat kerja').fill('Keluhan di loket selesai dalam dua hari');
				await page.getByLabel('Dari mana kita tahu itu tercapai?').fill('Buku keluhan, tiap Jumat');
				for (const [at, what] of ['Mencatat keluhan', 'Menjawab', 'Membahas'].entries()) {
					const step = page.getByRole('group', { name: `Langkah ${at + 1}` });
					await step.getByRole('textbox').first().fill(what);
					await step.getByLabel('Paling lambat').fill(`2027-0${at + 1}-15`);
				}
				await page.getByRole('button', { name: 'Ajukan ke atasan' }).click();
				await page.waitForURL(/\/followup\/[0-9a-f-]{36}/);
				here = new URL(page.url()).pathname;
			},
			PHONE
		);
		await as(browser, SUPERVISOR, async ({ page }) => {
			await page.goto(here);
			await page.getByRole('button', { name: 'Setujui' }).click();
			await main(page).getByText('Disetujui').first().waitFor();
		});
		await as(
			browser,
			EMPLOYEE,
			async ({ page }) => {
				await page.goto(here);
				await page.getByLabel('Sudah berapa persen?').fill('30');
				await page.getByLabel('Apa yang sudah dilakukan dan terlihat?').fill('Buku keluhan ada di loket.');
				await page.locator('input[type="file"]').setInputFiles({
					name: 'loket.png',
					mimeType: 'image/png',
					buffer: Buffer.from(counterPicture(3, 1))
				});
				await page.getByRole('button', { name: 'Kirim perkembangan' }).click();
				const photo = page.getByRole('img', { name: /Buku keluhan ada di loket/ });
				await photo.waitFor();
				expect(await photo.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
				expect(await main(page).getByText('loket.png').count(), 'the form is empty again').toBe(0);
				await picture(page, 'line-12-check-in');
			},
			PHONE
		);
	});

	test('the mayor reads what changed, with its uncertainty, and where it came from', async () => {
		await as(browser, 'Wali kota', async ({ page }) => {
			await page.goto('/impact');
			await page.getByRole('link', { name: /menunggu lebih singkat/ }).click();
			expect(await main(page).innerText()).toMatch(/\d+,\d/);
			await picture(page, 'line-13-impact');
		});
		await as(browser, 'Inspektorat', async ({ page }) => {
			await page.goto('/reports/trace');
			await page
				.getByRole('row', { name: /Rencana tambahan loket Marelan/ })
				.getByRole('link')
				.click();
			const thread = page.getByRole('list', { name: 'Benang merah' });
			await thread.getByText(/Rencana tambahan loket Marelan.*188\.44\/1271\/2026/).waitFor();
			await thread.getByText(/1 kelas, 0 selesai/).waitFor();
			expect(await thread.getByText(/Terputus/).count()).toBeGreaterThan(0);
			await picture(page, 'line-14-thread');
		});
	});
});

describe('a suggestion that does not suit now', () => {
	test('is put off, said so, and taken back from the toast', async () => {
		await as(
			browser,
			EMPLOYEE,
			async ({ page }) => {
				await page.goto('/growth');
				const offered = main(page).locator('ol').getByRole('heading');
				const first = offered.filter({ hasText: await offered.first().innerText() });
				await main(page).getByRole('button', { name: 'Tidak sekarang' }).first().click();
				await page.getByText('Disimpan untuk nanti.').waitFor();
				await first.waitFor({ state: 'detached' });
				await page.getByRole('button', { name: 'Urungkan' }).click();
				await first.waitFor();
			},
			PHONE
		);
	});
});

describe('another city', () => {
	test('sees nothing of this one: lists are its own, and foreign addresses do not exist', async () => {
		let foreign = '';
		await as(browser, OFFICE, async ({ page }) => {
			await page.goto('/plans');
			foreign = (await page.getByRole('row').nth(1).getByRole('link').getAttribute('href')) ?? '';
		});
		await as(browser, 'BKPSDM Palembang', async ({ page }) => {
			expect((await page.goto(foreign))?.status()).toBe(404);
			await page.goto('/people/search?q=Ndraha');
			expect(await main(page).innerText()).not.toContain('Rusmina');
		});
	});
});
