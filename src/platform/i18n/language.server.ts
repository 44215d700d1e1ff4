import { AsyncLocalStorage } from 'node:async_hooks';
import { baseLocale, isLocale, overwriteServerAsyncLocalStorage, type Locale } from './paraglide/runtime.js';
import { zoneFrom } from './zone.ts';

export { cookieName as LANGUAGE_COOKIE } from './paraglide/runtime.js';

const spoken = new AsyncLocalStorage<{ locale?: Locale; zone?: string }>();
overwriteServerAsyncLocalStorage(spoken);
zoneFrom(() => spoken.getStore()?.zone);

/**
 * Does `work` in the language that the visitor chose, else in the base language; every message said in it follows.
 * Paraglide's own middleware does the same after copying the request twice and noting every message that is said, for
 * languages in addresses and messages sent along, which we do not have.
 */
export function inLanguage<T>(chosen: string | undefined, work: (locale: Locale) => T): T {
	const locale = isLocale(chosen) ? chosen : baseLocale;
	return spoken.run({ locale }, () => work(locale));
}

/** From here on, until the work is done, instants are told in this zone. */
export function inZone(zone: string): void {
	const here = spoken.getStore();
	if (here) here.zone = zone;
}
