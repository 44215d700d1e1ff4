import type { CivilDate } from '#kernel/time.ts';
import { holidayKind, type HolidayKind } from './model.ts';
import national from './national-holidays.json' with { type: 'json' };

/** A day as the national calendar has it; `sure` is false where the decree for the year is still to come. */
export type NationalHoliday = {
	onDay: CivilDate;
	name: string;
	kind: HolidayKind;
	sure: boolean;
	source: string;
};

/**
 * National holidays as data: published ones with their decree, for 2027 the fixed ones and, marked as reckoned, those
 * that follow the moon or Easter. Every agency keeps its own copy, which it may change and add to.
 */
export const NATIONAL_HOLIDAYS: readonly NationalHoliday[] = national.holidays.map((day) => ({
	...day,
	kind: holidayKind(day.kind)
}));

export const RAMADANS: readonly { startsOn: CivilDate; endsOn: CivilDate; sure: boolean }[] =
	national.ramadans;

/** Years for which there is something to take over. */
export const HOLIDAY_YEARS: readonly number[] = [
	...new Set(NATIONAL_HOLIDAYS.map(({ onDay }) => Number(onDay.slice(0, 4))))
];
