import { chromium, type Browser } from 'playwright-core';
import { z } from 'zod';
import { findBrowser } from '../../scripts/browser.mjs';

const Accounts = z.array(
	z.object({ role: z.string(), username: z.string(), password: z.string(), does: z.string() })
);
export type CityAccount = z.infer<typeof Accounts>[number];

/** Address and accounts of the demo city that tests/make/city.ts opened for the journeys. */
export function city(): { url: string; accounts: CityAccount[] } {
	const url = process.env['TEST_CITY_URL'];
	if (!url) throw new Error('no city: run this file in the vitest project "journeys" (*.e2e.ts)');
	return { url, accounts: Accounts.parse(JSON.parse(process.env['TEST_CITY_ACCOUNTS'] ?? '[]')) };
}

/** A real browser that talks to nobody but us. */
export async function openBrowser(): Promise<Browser> {
	const executablePath = await findBrowser();
	if (executablePath === null) throw new Error('no browser: npm test finds or installs one');
	return chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--disable-dev-shm-usage'
		]
	});
}
