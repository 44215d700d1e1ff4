/**
 * Civil dates are ISO strings 'YYYY-MM-DD' (a day in an office's calendar, no zone); instants are `Date`.
 * A civil date never becomes an instant without a named zone: Medan's 1 January starts in UTC's 31 December.
 */
export type CivilDate = string;

const DAY_MS = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_FIRST_DATE = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const NAMED_MONTH_DATE = /^(\d{1,2})[-/. ]+([a-z]{3,9})\.?[-/. ]+(\d{4})$/i;
/** A clock behind a day, as exports of databases print it; with a zone only midnight, else it could be another day. */
const CLOCK = /[T ](?:00:00(?::00(?:\.0+)?)?Z|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/;
const ROMAN_MONTHS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'] as const;
/** Months by the names that offices and spreadsheets write: in full and short, Indonesian and English, old spelling too. */
const MONTHS: ReadonlyMap<string, number> = new Map(
	[
		['januari', 'january', 'jan'],
		['februari', 'pebruari', 'february', 'feb', 'peb'],
		['maret', 'march', 'mar'],
		['april', 'apr'],
		['mei', 'may'],
		['juni', 'june', 'jun'],
		['juli', 'july', 'jul'],
		['agustus', 'august', 'agu', 'ags', 'agt', 'aug'],
		['september', 'sept', 'sep'],
		['oktober', 'october', 'okt', 'oct'],
		['november', 'nopember', 'nov', 'nop'],
		['desember', 'december', 'des', 'dec']
	].flatMap((names, at) => names.map((name): [string, number] => [name, at + 1]))
);

/** Excel counts days from 1900 and believes in 29 February 1900; from 1 March 1900 on, day 0 is 30 December 1899. */
const EXCEL_EPOCH = Date.UTC(1899, 11, 30) / DAY_MS;
/** 18 May 1927: smaller numbers in a date column are years or typing errors, not birth dates of people in service. */
const EXCEL_FIRST = 10_000;
/** 26 November 2173: five digits, so that a compact date such as 20240131 is not taken for a serial. */
const EXCEL_LAST = 99_999;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function daysOfMonth(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

// Below 1000 it is a slip of the keyboard, and Date.UTC would turn 85 into 1985 behind our back.
const isDay = (year: number, month: number, day: number): boolean =>
	year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);

const civilDate = (year: number, month: number, day: number): CivilDate | null =>
	isDay(year, month, day) ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : null;

function fromDayNumber(dayNumber: number): CivilDate | null {
	const date = new Date(dayNumber * DAY_MS);
	return civilDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

type Parts = { year: number; month: number; day: number };

// A file of 60,000 records asks this half a million times: the places of the digits are known, and no pattern looks for them.
function partsOfValid(date: string): Parts | null {
	if (date.length !== 10 || date[4] !== '-' || date[7] !== '-') return null;
	const parts = { year: figure(date, 0, 4), month: figure(date, 5, 7), day: figure(date, 8, 10) };
	return isDay(parts.year, parts.month, parts.day) ? parts : null;
}

/** The digits from one place to another as a number; NaN when another letter is among them. */
function figure(text: string, from: number, to: number): number {
	let value = 0;
	for (let at = from; at < to; at++) {
		const digit = text.charCodeAt(at) - 48;
		if (digit < 0 || digit > 9) return NaN;
		value = value * 10 + digit;
	}
	return value;
}

function partsOf(date: CivilDate): Parts {
	const parts = partsOfValid(date);
	if (parts === null) throw new RangeError(`not a civil date: ${date}`);
	return parts;
}

function dayNumberOf(date: CivilDate): number {
	const { year, month, day } = partsOf(date);
	return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** True for an existing day written 'YYYY-MM-DD', years 1000 to 9999. */
export const isValidDate = (value: string): boolean => partsOfValid(value) !== null;

/** The day `days` later (earlier when negative). Throws RangeError on what is no date. */
export function addDays(date: CivilDate, days: number): CivilDate {
	const moved = Number.isInteger(days) ? fromDayNumber(dayNumberOf(date) + days) : null;
	if (moved === null) throw new RangeError(`no civil date ${days} days from ${date}`);
	return moved;
}

/** Days from `from` to `to`: 0 on the same day, negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
	return dayNumberOf(to) - dayNumberOf(from);
}

/** Whole months elapsed, as ages and terms of service are counted: 31 January to 28 February is 0. */
export function monthsBetween(from: CivilDate, to: CivilDate): number {
	if (to < from) return 0 - monthsBetween(to, from);
	const start = partsOf(from);
	const end = partsOf(to);
	const months = (end.year - start.year) * 12 + end.month - start.month;
	return end.day < start.day ? months - 1 : months;
}

export function yearOf(date: CivilDate): number {
	return partsOf(date).year;
}

/**
 * Reads a date as Indonesian office files hold it: dd-mm-yyyy, dd/mm/yyyy, dd.mm.yyyy, yyyy-mm-dd (each also with a
 * clock behind it), with the month's name ('5 Januari 2024', '05-Jan-2024'), an Excel serial (number or five digits), or
 * a spreadsheet's Date cell. Day first, always: 03/04/2024 is 3 April. Null for impossible dates, two-digit years and anything else.
 */
export function parseDateId(value: string | number | Date): CivilDate | null {
	if (value instanceof Date) {
		// Spreadsheet readers give a date cell as midnight UTC, whatever the reader's own zone.
		return Number.isNaN(value.getTime()) ? null : fromDayNumber(Math.floor(value.getTime() / DAY_MS));
	}
	if (typeof value === 'number') {
		if (!(value >= EXCEL_FIRST && value < EXCEL_LAST + 1)) return null;
		return fromDayNumber(EXCEL_EPOCH + Math.floor(value));
	}
	const text = value.trim().replace(CLOCK, '');
	if (ISO_DATE.test(text)) return isValidDate(text) ? text : null;
	const dayFirst = DAY_FIRST_DATE.exec(text);
	if (dayFirst) return civilDate(Number(dayFirst[4]), Number(dayFirst[3]), Number(dayFirst[1]));
	if (/^\d{5}$/.test(text)) return parseDateId(Number(text));
	const named = NAMED_MONTH_DATE.exec(text);
	const month = MONTHS.get(named?.[2]?.toLowerCase() ?? '');
	return named && month !== undefined ? civilDate(Number(named[3]), month, Number(named[1])) : null;
}

const calendars = new Map<string, { formatter: Intl.DateTimeFormat; minute: number; today: CivilDate }>();
const MINUTE_MS = 60_000;

/** The civil date on the wall calendar of `zone` (IANA name, e.g. 'Asia/Jakarta') at the instant `now`. */
export function todayIn(zone: string, now: Date): CivilDate {
	// Every request asks for today, and no zone's day begins within a minute.
	const minute = Math.floor(now.getTime() / MINUTE_MS);
	const known = calendars.get(zone);
	if (known?.minute === minute) return known.today;
	const formatter =
		known?.formatter ??
		new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
			timeZone: zone,
			year: 'numeric',
			month: '2-digit',
			day: '2-digit'
		});
	const parts = new Map(formatter.formatToParts(now).map(({ type, value }) => [type, value]));
	const today = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
	calendars.set(zone, { formatter, minute, today });
	return today;
}

/** The month as letter and certificate numbers write it: 3 → 'III'. Throws RangeError outside 1 to 12. */
export function romanMonth(month: number): string {
	const roman = ROMAN_MONTHS[month - 1];
	if (roman === undefined) throw new RangeError(`no month ${month}`);
	return roman;
}

/** The clock on the wall of a zone with its day, 'YYYY-MM-DDTHH:MM': what a refusal carries for people to read. */
export function civilTimeIn(zone: string, at: Date): string {
	const clock = at.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
	return `${todayIn(zone, at)}T${clock}`;
}
