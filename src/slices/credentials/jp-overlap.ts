import type { CivilDate } from '#kernel/time.ts';
import type { JpRate } from './jp.ts';

/** When a person was at an activity. Times 'HH:MM' are the daily hours of every day from start to end. */
export type TimeSpent = {
	startDate: CivilDate;
	endDate: CivilDate;
	startTime: string | null;
	endTime: string | null;
	/** Learned in one's own time: no clock says when. See `isSelfPaced`. */
	selfPaced: boolean;
};

/** Forms counted by a cap per day or by semester run beside others; their double counting is held by the cap. */
export const isSelfPaced = ({ basis }: Pick<JpRate, 'basis'>): boolean =>
	basis === 'capPerDay' || basis === 'perSemester';

/**
 * Does an entry without clock times hold its days? Forms counted by the session within a month (coaching, mentoring)
 * name the month only: an hour of it, nobody knows which, so other learning in that month stays possible.
 */
export const holdsItsDays = (rate: Pick<JpRate, 'basis' | 'capPerMonth'>): boolean =>
	!isSelfPaced(rate) && rate.capPerMonth === null;

/**
 * Did the same hours go to two activities? One person cannot sit in two rooms (LAN, Antologi Bangkom 2021, on
 * people in several certificate webinars at once). With times on both sides, hours on a shared day must meet;
 * touching ends (one stops at 12:00, the next starts then) do not. Without times a shared day is an overlap, until
 * times are given. Self-paced learning never overlaps.
 */
export function overlaps(a: TimeSpent, b: TimeSpent): boolean {
	if (a.selfPaced || b.selfPaced) return false;
	if (a.endDate < b.startDate || b.endDate < a.startDate) return false;
	const hoursA = hoursOf(a);
	const hoursB = hoursOf(b);
	return hoursA === null || hoursB === null || (hoursA.from < hoursB.to && hoursB.from < hoursA.to);
}

/** Null, that is the whole day, when a time is missing or the hours run past midnight. */
function hoursOf({ startTime, endTime }: TimeSpent): { from: string; to: string } | null {
	return startTime !== null && endTime !== null && startTime < endTime
		? { from: startTime, to: endTime }
		: null;
}
