import { addDays, isValidDate, type CivilDate } from '#kernel/time.ts';

export const CALENDAR_VIEWS = ['month', 'week', 'agenda'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** Days since Monday: Indonesian offices begin their week on it. */
const sinceMonday = (day: CivilDate): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

export const isWeekend = (day: CivilDate): boolean => sinceMonday(day) > 4;

const lastOfMonth = (day: CivilDate): CivilDate =>
	addDays(`${addDays(`${day.slice(0, 7)}-01`, 32).slice(0, 7)}-01`, -1);

/** First and last day that a view shows: whole weeks around a month, one week, or the bare month as a list. */
export function rangeOf(view: CalendarView, day: CivilDate): { from: CivilDate; to: CivilDate } {
	if (view === 'week') {
		const from = addDays(day, -sinceMonday(day));
		return { from, to: addDays(from, 6) };
	}
	const first = `${day.slice(0, 7)}-01`;
	const last = lastOfMonth(day);
	if (view === 'agenda') return { from: first, to: last };
	return { from: addDays(first, -sinceMonday(first)), to: addDays(last, 6 - sinceMonday(last)) };
}

/** All days of a range in order. */
export function daysIn({ from, to }: { from: CivilDate; to: CivilDate }): CivilDate[] {
	const days: CivilDate[] = [];
	for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
	return days;
}

/** The same view one step back or on. */
export const stepped = (view: CalendarView, day: CivilDate, by: -1 | 1): CivilDate =>
	view === 'week'
		? addDays(day, by * 7)
		: by === 1
			? addDays(lastOfMonth(day), 1)
			: `${addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7)}-01`;

const WHOSE = ['unit', 'room', 'facilitator', 'person'] as const;

/** "room:<id>" of the address; anything else is the agency's calendar, or null when nothing was asked. */
export function whoseOf(
	text: string | null
): { of: 'agency' | (typeof WHOSE)[number]; id: string | null } | null {
	if (text === null || text === '') return null;
	const [kind, id] = text.split(':');
	const of = WHOSE.find((one) => one === kind);
	return of !== undefined && id !== undefined && /^[0-9a-f-]{36}$/.test(id)
		? { of, id }
		: { of: 'agency', id: null };
}

export const viewOf = (text: string | null): CalendarView =>
	CALENDAR_VIEWS.find((view) => view === text) ?? 'month';

export const dayOf = (text: string | null, today: CivilDate): CivilDate =>
	text !== null && isValidDate(text)
		? text
		: text !== null && isValidDate(`${text}-01`)
			? `${text}-01`
			: today;
