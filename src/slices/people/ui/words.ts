import { m } from '#platform/i18n/messages.ts';

/** Codes of people as words of the screen; a code that no word is known for is shown as it is. */

const EMPLOYMENT: Readonly<Record<string, () => string>> = {
	PNS: m['people.employment.PNS'],
	CPNS: m['people.employment.CPNS'],
	PPPK: m['people.employment.PPPK'],
	PPPK_PARUH_WAKTU: m['people.employment.PPPK_PARUH_WAKTU'],
	OFFICIAL: m['people.employment.OFFICIAL']
};

const LEGAL: Readonly<Record<string, () => string>> = {
	active: m['people.legal.active'],
	study: m['people.legal.study'],
	unpaidLeave: m['people.legal.unpaidLeave'],
	suspended: m['people.legal.suspended'],
	retiring: m['people.legal.retiring'],
	left: m['people.legal.left'],
	other: m['people.legal.other']
};

export const employmentWord = (code: string): string => EMPLOYMENT[code]?.() ?? code;
export const legalWord = (code: string): string => LEGAL[code]?.() ?? code;
