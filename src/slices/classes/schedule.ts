import { invalidField, refused } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Decided } from './rules.ts';

/** Longest session at one stretch: a night watch or a day in the field; more is a slip of the pen. */
const LONGEST_MINUTES = 16 * 60;

export const minutesOf = (clock: string): number => {
	const [hours = 0, minutes = 0] = clock.split(':').map(Number);
	return hours * 60 + minutes;
};

/** Minutes after midnight as a clock reads them, also past one midnight: 1530 is 01:30. */
export const clockOf = (minutes: number): string => {
	const within = ((minutes % 1440) + 1440) % 1440;
	return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
};

export type TypedTime = { on: CivilDate; from: string; to: string; toNextDay: boolean };

/**
 * Length of a session in minutes. It begins on a day of its class and may end after one midnight when that is said:
 * an earlier hour alone is more often a slip. Clocks are the agency's, whose zones (WIB, WITA, WIT) know no summer time.
 */
export function sessionMinutes(time: TypedTime, days: { startsOn: CivilDate; endsOn: CivilDate }): number {
	if (time.on < days.startsOn || time.on > days.endsOn)
		throw invalidField('on', 'classes.session.outsideClass', { from: days.startsOn, to: days.endsOn });
	const minutes = minutesOf(time.to) - minutesOf(time.from) + (time.toNextDay ? 1440 : 0);
	if (minutes <= 0) throw invalidField('to', 'classes.session.endsBeforeStart');
	if (minutes > LONGEST_MINUTES)
		throw invalidField('to', 'classes.session.tooLong', { hours: LONGEST_MINUTES / 60 });
	return minutes;
}

/** Days of a class after one of its sessions went to `moved`: wider where it lies outside, and never wider than needed. */
export function daysAround(
	days: { startsOn: CivilDate; endsOn: CivilDate },
	moved: CivilDate,
	others: readonly CivilDate[]
): { startsOn: CivilDate; endsOn: CivilDate } {
	if (moved >= days.startsOn && moved <= days.endsOn) return days;
	const all = [moved, ...others].sort();
	return { startsOn: all[0] ?? moved, endsOn: all.at(-1) ?? moved };
}

/**
 * Refuses a form that was made before somebody else saved: it names who and when, and the browser keeps what was typed.
 * Machines that never saw an edition leave it out.
 */
export function notStale(seen: number | undefined, edition: number, by: Decided): void {
	if (seen !== undefined && seen !== edition) throw refused('classes.stale', by);
}

/** What people are told of a session; `before` and `after` of a change hold these words. */
export type SessionFacts = {
	topic: string;
	mode: string;
	/** ISO instants. */
	startsAt: string;
	endsAt: string;
	place: string;
	room: string | null;
	point: string | null;
	link: string | null;
	facilitators: readonly string[];
	guests: string;
};

export const SESSION_CHANGES = [
	'added',
	'time',
	'place',
	'facilitator',
	'topic',
	'mode',
	'cancelled',
	'facilitatorOut'
] as const;
export type SessionChange = (typeof SESSION_CHANGES)[number];
export const sessionChange = (text: string): SessionChange | null =>
	SESSION_CHANGES.find((one) => one === text) ?? null;

/** What is different to those who attend or teach; nothing means that nobody has to be told. */
export function changesBetween(before: SessionFacts, after: SessionFacts): SessionChange[] {
	const differ = (...keys: (keyof SessionFacts)[]) =>
		keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
	return [
		...(differ('startsAt', 'endsAt') ? ['time' as const] : []),
		...(differ('place', 'room', 'point', 'link') ? ['place' as const] : []),
		...(differ('facilitators', 'guests') ? ['facilitator' as const] : []),
		...(differ('topic') ? ['topic' as const] : []),
		...(differ('mode') ? ['mode' as const] : [])
	];
}
