import { isValidDate, parseDateId, type CivilDate } from '#kernel/time.ts';
import { monthIndex, monthOf, MONTHS_IN, type Cadence } from './model.ts';

const MONTHS = [
	['januari', 'january'],
	['februari', 'february', 'pebruari'],
	['maret', 'march'],
	['april'],
	['mei', 'may'],
	['juni', 'june'],
	['juli', 'july'],
	['agustus', 'august', 'agt', 'ags'],
	['september'],
	['oktober', 'october'],
	['november', 'nopember'],
	['desember', 'december']
] as const;
const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };

/** A quarter, half or year as written: its cadence, its number within the year and the year. */
const SPANS: readonly { cadence: Cadence; pattern: RegExp; most: number }[] = [
	{
		cadence: 'quarter',
		pattern: /^(?:tw|triwulan|kuartal|q)[ .-]*([1-4]|i{1,3}|iv)[ ,/-]+(\d{4})$/,
		most: 4
	},
	{ cadence: 'half', pattern: /^(?:semester|smt|sem|s)[ .-]*([12]|i{1,2})[ ,/-]+(\d{4})$/, most: 2 }
];
/** The same with the year in front. */
const TURNED = /^(\d{4})[ ,/-]+((?:tw|triwulan|kuartal|q|semester|smt|sem|s)[ .-]*(?:[1-4]|i{1,3}|iv))$/;

export type PeriodProblem = 'impact.import.month' | 'impact.import.otherCadence';

/**
 * A period in any usual writing → its first day: 2026-03, 03/2026, 15/03/2026, Mar 2026, Maret 2026, TW I 2026, 2026 Q1,
 * Semester II 2026, 2026, and a spreadsheet's number of a day. A day or month names the period it lies in only where
 * values are monthly: three months of one quarter would otherwise be three values of it.
 */
export function periodOfText(text: string, cadence: Cadence = 'month'): CivilDate | PeriodProblem {
	const typed = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
	const [, year, part] = TURNED.exec(typed) ?? [];
	const span = spanOf(year === undefined ? typed : `${part} ${year}`);
	if (span !== null) return span.cadence === cadence ? span.from : 'impact.import.otherCadence';
	const month = monthIn(typed);
	if (month === null) return 'impact.import.month';
	return cadence === 'month' ? month : 'impact.import.otherCadence';
}

function spanOf(typed: string): { cadence: Cadence; from: CivilDate } | null {
	const year = /^(?:tahun |th\.? ?|ta )?(\d{4})$/.exec(typed)?.[1];
	if (year !== undefined) return { cadence: 'year', from: `${year}-01-01` };
	for (const { cadence, pattern, most } of SPANS) {
		const [, part = '', of] = pattern.exec(typed) ?? [];
		if (of === undefined) continue;
		const number = ROMAN[part] ?? Number(part);
		if (number <= most)
			return { cadence, from: monthOf(Number(of) * 12 + (number - 1) * MONTHS_IN[cadence]) };
	}
	return null;
}

function monthIn(typed: string): CivilDate | null {
	const iso = /^(\d{4})[-/](\d{1,2})$/.exec(typed);
	const turned = /^(\d{1,2})[-/](\d{4})$/.exec(typed);
	const worded = /^([a-z]{3,})[. -]+(\d{4})$/.exec(typed);
	const word = worded?.[1] ?? '';
	const found = worded
		? MONTHS.findIndex((names) => names.some((name) => name.startsWith(word))) + 1
		: Number(iso?.[2] ?? turned?.[1] ?? 0);
	const year = iso?.[1] ?? turned?.[2] ?? worded?.[2];
	// A time of day behind the date is a spreadsheet's taste.
	const day = /^\d{5}(\.\d+)?$/.test(typed)
		? Number(typed)
		: typed.replace(/[t ]\d{1,2}[:.]\d{2}([:.]\d{2})?$/, '');
	const date = year === undefined ? parseDateId(day) : `${year}-${String(found).padStart(2, '0')}-01`;
	return date !== null && isValidDate(date) ? `${date.slice(0, 7)}-01` : null;
}

/** The first day of the period that a day lies in. */
export function periodOf(day: CivilDate, cadence: Cadence): CivilDate {
	const month = monthIndex(day);
	return monthOf(month - (month % MONTHS_IN[cadence]));
}

/** Which period since the year 0: neighbours differ by one. */
export const periodIndex = (period: CivilDate, cadence: Cadence): number =>
	Math.floor(monthIndex(period) / MONTHS_IN[cadence]);
export const periodAt = (index: number, cadence: Cadence): CivilDate => monthOf(index * MONTHS_IN[cadence]);
