import { addDays, type CivilDate } from '#kernel/time.ts';
import type { Elsewhere } from './guests.ts';
import { minutesOf } from './schedule.ts';

/** Office hours as clocks of the agency, 'HH:MM'. */
export type Hours = {
	dayFrom: string;
	dayTo: string;
	ramadanFrom: string;
	ramadanTo: string;
	fridayFrom: string;
	fridayTo: string;
};

/** As long as an agency has set none: office hours of 37.5 a week, Perpres 21/2023 for the days of fasting. */
export const USUAL_HOURS: Hours = {
	dayFrom: '08:00',
	dayTo: '16:00',
	ramadanFrom: '08:00',
	ramadanTo: '15:00',
	fridayFrom: '11:30',
	fridayTo: '13:00'
};

export type Surroundings = {
	hours: Hours;
	holidays: ReadonlyMap<CivilDate, string>;
	ramadans: readonly { startsOn: CivilDate; endsOn: CivilDate }[];
};

/** A session on the wall calendar of its agency. */
export type Timed = {
	on: CivilDate;
	from: string;
	minutes: number;
	mode: string;
	/** People who have a seat at it. */
	people: number;
	/** Seats of its room, null without one. */
	roomSeats: number | null;
	/** Seats of its class. */
	classSeats: number;
	/** Speakers from outside whose name stands in another session at the same time. */
	guestsElsewhere: readonly Elsewhere[];
	/** Counters that are short while somebody who stands there teaches. */
	missedAt: readonly Missed[];
};

/** A counter and for how many minutes of a session it lacks whoever teaches. */
export type Missed = { name: string; minutes: number };

/**
 * What a session costs people that the database does not forbid. `minutes` of it lie badly; `people` bear that; `name`
 * says which holiday, which speaker and where else, or which counter.
 */
export type SoftConflict = {
	kind: 'holiday' | 'weekend' | 'friday' | 'ramadan' | 'outside' | 'small' | 'guest' | 'counter';
	minutes: number;
	people: number;
	name: string;
};

/** The session cut at midnight: minutes of the day from and to, day by day. */
export function partsByDay({ on, from, minutes }: Pick<Timed, 'on' | 'from' | 'minutes'>) {
	const parts: { day: CivilDate; from: number; to: number }[] = [];
	let start = minutesOf(from);
	let left = minutes;
	for (let day = on; left > 0; day = addDays(day, 1)) {
		const taken = Math.min(left, 1440 - start);
		parts.push({ day, from: start, to: start + taken });
		left -= taken;
		start = 0;
	}
	return parts;
}

const overlap = (a: { from: number; to: number }, from: string, to: string): number =>
	Math.max(0, Math.min(a.to, minutesOf(to)) - Math.max(a.from, minutesOf(from)));

const weekdayOf = (day: CivilDate): number => new Date(`${day}T00:00:00Z`).getUTCDay();
const FRIDAY = 5;

/**
 * Soft conflicts of a session with the price of each, dearest first. On a holiday or a weekend the whole day is the
 * price, so its hours are not counted a second time; what is done at one's own pace is asked of nobody at an hour.
 */
export function softConflicts(session: Timed, { hours, holidays, ramadans }: Surroundings): SoftConflict[] {
	const found = new Map<string, SoftConflict>();
	const add = (kind: SoftConflict['kind'], minutes: number, name = '') => {
		if (minutes <= 0) return;
		const before = found.get(kind);
		found.set(kind, {
			kind,
			minutes: (before?.minutes ?? 0) + minutes,
			people: session.people,
			name: before?.name || name
		});
	};
	if (session.mode !== 'self_paced')
		for (const part of partsByDay(session)) {
			const length = part.to - part.from;
			const holiday = holidays.get(part.day);
			const weekday = weekdayOf(part.day);
			if (holiday !== undefined) add('holiday', length, holiday);
			else if (weekday % 6 === 0) add('weekend', length);
			else {
				const fasting = ramadans.some(({ startsOn, endsOn }) => part.day >= startsOn && part.day <= endsOn);
				const within = fasting
					? overlap(part, hours.ramadanFrom, hours.ramadanTo)
					: overlap(part, hours.dayFrom, hours.dayTo);
				add(fasting ? 'ramadan' : 'outside', length - within);
				if (weekday === FRIDAY) add('friday', overlap(part, hours.fridayFrom, hours.fridayTo));
			}
		}
	for (const { name, minutes } of session.guestsElsewhere) add('guest', minutes, name);
	if (session.missedAt.length > 0)
		found.set('counter', {
			kind: 'counter',
			minutes: session.missedAt.reduce((sum, { minutes }) => sum + minutes, 0),
			people: 1,
			name: [...new Set(session.missedAt.map(({ name }) => name))].join('; ')
		});
	const short =
		session.roomSeats === null ? 0 : Math.max(session.people, session.classSeats) - session.roomSeats;
	if (short > 0) found.set('small', { kind: 'small', minutes: 0, people: short, name: '' });
	return [...found.values()].sort((a, b) => priceOf(b) - priceOf(a));
}

/** Hours of people that a soft conflict costs; a chair that is missing counts as one. */
export const priceOf = ({ kind, minutes, people }: SoftConflict): number =>
	kind === 'small' ? people : Math.round((minutes * Math.max(1, people)) / 6) / 10;
