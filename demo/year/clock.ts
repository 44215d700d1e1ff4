import { addDays, daysBetween, todayIn, type CivilDate } from '#kernel/time.ts';

export const ZONE = 'Asia/Jakarta';

/**
 * The demo's calendar. Everything happens a number of weeks before or after the week in which the city is loaded, on
 * a named weekday, so the year has the same shape whenever somebody types `npm start`. Public holidays are not kept.
 */
export type Clock = {
	now: Date;
	today: CivilDate;
	/** 0 = Monday … 6 = Sunday; week 0 is the current one, −1 the last. */
	day: (week: number, weekday?: number) => CivilDate;
	/** The working day (Monday to Friday) so many before or after; 0 is today, or the next one at the weekend. */
	workday: (away: number) => CivilDate;
	/** An hour of that day on the wall clock of Medan (WIB). */
	at: (date: CivilDate, clock?: string) => Date;
	/** Year that the finished plan was for. */
	year: number;
	/** First day of the month that lies `months` before the current one. */
	month: (months: number) => CivilDate;
};

export function clockOf(now: Date): Clock {
	const today = todayIn(ZONE, now);
	const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
	const weekday = daysBetween(monday, today);
	const day = (week: number, weekday = 0) => addDays(monday, week * 7 + weekday);
	return {
		now,
		today,
		day,
		workday: (away) => {
			// Counted in working days from this Monday; the weekend stands where next Monday does.
			const count = Math.min(weekday, 5) + away;
			return day(Math.floor(count / 5), ((count % 5) + 5) % 5);
		},
		// WIB has no summer time and has been UTC+7 since 1964.
		at: (date, clock = '09:00') => new Date(`${date}T${clock}:00+07:00`),
		year: Number(day(-22).slice(0, 4)),
		month: (months) => {
			const count = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - months;
			return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-01`;
		}
	};
}
