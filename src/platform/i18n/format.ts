import { getLocale } from './paraglide/runtime.js';
import { currentZone } from './zone.ts';

const TAG = { id: 'id-ID', en: 'en-GB' } as const;

/** Made once a language: an Intl formatter costs far more to make, or to look up by its options, than to use. */
function perLanguage<Formatter>(make: (tag: string) => Formatter): () => Formatter {
	const made: { id?: Formatter; en?: Formatter } = {};
	return () => {
		const locale = getLocale();
		return (made[locale] ??= make(TAG[locale]));
	};
}

/** The same for formatters that also depend on a number of digits or on a time zone. */
function perLanguageAnd<Key extends string | number, Formatter>(
	make: (tag: string, key: Key) => Formatter
): (key: Key) => Formatter {
	const made = new Map<Key, () => Formatter>();
	return (key) => {
		const found = made.get(key) ?? perLanguage((tag) => make(tag, key));
		made.set(key, found);
		return found();
	};
}

const dates = (options: Intl.DateTimeFormatOptions) =>
	perLanguage((tag) => new Intl.DateTimeFormat(tag, options));
const datesIn = (options: Intl.DateTimeFormatOptions) =>
	perLanguageAnd((tag, timeZone: string) => new Intl.DateTimeFormat(tag, { ...options, timeZone }));
const numbers = (options: (digits: number) => Intl.NumberFormatOptions) =>
	perLanguageAnd((tag, digits: number) => new Intl.NumberFormat(tag, options(digits)));

// Civil dates have no zone, so they are read as UTC.
const longDate = dates({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortDay = dates({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const shortMonth = dates({ month: 'short', year: 'numeric', timeZone: 'UTC' });
const moment = datesIn({
	day: 'numeric',
	month: 'short',
	year: 'numeric',
	hour: '2-digit',
	minute: '2-digit'
});
const clock = datesIn({ hour: '2-digit', minute: '2-digit' });
const upTo = numbers((digits) => ({ minimumFractionDigits: 0, maximumFractionDigits: digits }));
const exactly = numbers((digits) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits }));
const percent = numbers((digits) => ({ style: 'percent', maximumFractionDigits: digits }));
const rupiah = perLanguage(
	(tag) => new Intl.NumberFormat(tag, { style: 'currency', currency: 'IDR', maximumFractionDigits: 0 })
);

const midnight = (iso: string): Date => new Date(`${iso}T00:00:00Z`);

/** A civil date ('2026-03-09') in words: "9 Maret 2026". */
export const formatDate = (iso: string): string => longDate().format(midnight(iso));

/** First and last civil day in words: "9–11 Maret 2026", and a single day as itself. */
export const formatDates = (from: string, to: string): string =>
	longDate().formatRange(midnight(from), midnight(to));

export const formatDay = (iso: string): string => shortDay().format(midnight(iso));

export const formatMonth = (iso: string): string => shortMonth().format(midnight(iso));

/** An instant in the reader's agency's zone unless another is named: "9 Mar 2026, 08.30". */
export const formatDateTime = (at: Date, zone = currentZone()): string => moment(zone).format(at);

export const formatTime = (at: Date, zone = currentZone()): string => clock(zone).format(at);

/** Intl writes a hyphen before what is below zero; people read a minus. */
const figure = (value: number, formatter: Intl.NumberFormat): string => {
	const written = formatter.format(value);
	return value < 0 ? written.replace('-', '−') : written;
};

/** A figure that is a change says so: "+1,5", "−0,5", "0". `written` is the value as it was formatted. */
export const withSign = (value: number, written: string): string => `${value > 0 ? '+' : ''}${written}`;

export const formatNumber = (value: number, digits = 0): string => figure(value, upTo(digits));

export const formatFixed = (value: number, digits: number): string => figure(value, exactly(digits));

/** Rupiah without cents: "Rp 12.500.000". */
export const formatMoney = (value: number): string => figure(value, rupiah());

/** A share (0.57) as "57 %". */
export const formatPercent = (share: number, digits = 0): string => figure(share, percent(digits));
