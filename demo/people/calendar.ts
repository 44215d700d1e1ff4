/** Civil dates as ISO text; all arithmetic in UTC so that no machine's time zone moves a birthday. */

export function isoDate(year: number, month: number, day: number): string {
	return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The day that lies `days` before (negative) or after a date. */
export function shifted(date: string, days: number): string {
	return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

export function yearOf(date: string): number {
	return Number(date.slice(0, 4));
}

export function monthOf(date: string): number {
	return Number(date.slice(5, 7));
}

/** Whole months from one first-of-month date to another day. */
export function monthsBetween(from: string, to: string): number {
	const whole = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);
	return to.slice(8) < from.slice(8) ? whole - 1 : whole;
}

export function ageAt(birthDate: string, date: string): number {
	return Math.floor(monthsBetween(birthDate, date) / 12);
}

/** The date as an Indonesian office writes it in an export: dd-mm-yyyy; empty when there is none. */
export function exportDate(date: string | null): string {
	return date ? `${date.slice(8)}-${date.slice(5, 7)}-${date.slice(0, 4)}` : '';
}

export function later(a: string, b: string): string {
	return a > b ? a : b;
}

export function earlier(a: string, b: string): string {
	return a < b ? a : b;
}
