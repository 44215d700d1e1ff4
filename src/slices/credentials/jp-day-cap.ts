import { daysBetween, type CivilDate } from '#kernel/time.ts';

/** JP of a form with a cap per day that count already, and the days among which they were earned. */
export type HoursAmongDays = { startsOn: CivilDate; endsOn: CivilDate; hours: number };

/**
 * JP that still fit among the days from `startsOn` to `endsOn` under a cap per day, beside what counts already. Records
 * say between which days they lie, not how they were spread, so the kindest spread is assumed: by Hall's theorem for
 * intervals it exists exactly when in every run of days the records lying wholly inside stay within cap × days.
 * @law PerLAN 10/2018, lampiran: the cap is the person's day, not the record's
 */
export function roomUnderDayCap(
	startsOn: CivilDate,
	endsOn: CivilDate,
	capPerDay: number,
	counted: readonly HoursAmongDays[]
): number {
	const firsts = [startsOn, ...counted.map((record) => record.startsOn).filter((on) => on < startsOn)];
	const lasts = [endsOn, ...counted.map((record) => record.endsOn).filter((on) => on > endsOn)];
	const rooms = firsts.flatMap((first) =>
		lasts.map((last) => {
			const inside = counted.filter((record) => record.startsOn >= first && record.endsOn <= last);
			const taken = inside.reduce((sum, { hours }) => sum + hours, 0);
			return capPerDay * (daysBetween(first, last) + 1) - taken;
		})
	);
	return Math.max(0, Math.min(...rooms));
}
