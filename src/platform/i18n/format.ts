import { getLocale } from './paraglide/runtime.js';

const TAG = { id: 'id-ID', en: 'en-GB' } as const;
const tag = () => TAG[getLocale()];
const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `d${tag()}${JSON.stringify(options)}`;
	const found = cache.get(key);
	if (found instanceof Intl.DateTimeFormat) return found;
	const made = new Intl.DateTimeFormat(tag(), options);
	cache.set(key, made);
	return made;
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = `n${tag()}${JSON.stringify(options)}`;
	const found = cache.get(key);
	if (found instanceof Intl.NumberFormat) return found;
	const made = new Intl.NumberFormat(tag(), options);
	cache.set(key, made);
	return made;
}

/** A civil date ('2026-03-09') in words: "9 Maret 2026". Civil dates have no zone, so they are read as UTC. */
export const formatDate = (iso: string): string =>
	dates({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
		new Date(`${iso}T00:00:00Z`)
	);

/** First and last civil day in words: "9–11 Maret 2026", and a single day as itself. */
export const formatDates = (from: string, to: string): string =>
	dates({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).formatRange(
		new Date(`${from}T00:00:00Z`),
		new Date(`${to}T00:00:00Z`)
	);

export const formatDay = (iso: string): string =>
	dates({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
		new Date(`${iso}T00:00:00Z`)
	);

export const formatMonth = (iso: string): string =>
	dates({ month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`));

/** An instant in the agency's zone: "9 Mar 2026 08.30". */
export const formatDateTime = (at: Date, zone = 'Asia/Jakarta'): string =>
	dates({
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		timeZone: zone
	}).format(at);

export const formatTime = (at: Date, zone = 'Asia/Jakarta'): string =>
	dates({ hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);

/** Intl writes a hyphen before what is below zero; people read a minus. */
const figure = (value: number, options: Intl.NumberFormatOptions): string =>
	numbers(options).format(value).replace('-', '−');

/** A figure that is a change says so: "+1,5", "−0,5", "0". `written` is the value as it was formatted. */
export const withSign = (value: number, written: string): string => `${value > 0 ? '+' : ''}${written}`;

export const formatNumber = (value: number, digits = 0): string =>
	figure(value, { minimumFractionDigits: 0, maximumFractionDigits: digits });

export const formatFixed = (value: number, digits: number): string =>
	figure(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Rupiah without cents: "Rp 12.500.000". */
export const formatMoney = (value: number): string =>
	figure(value, { style: 'currency', currency: 'IDR', maximumFractionDigits: 0 });

/** A share (0.57) as "57 %". */
export const formatPercent = (share: number, digits = 0): string =>
	figure(share, { style: 'percent', maximumFractionDigits: digits });
