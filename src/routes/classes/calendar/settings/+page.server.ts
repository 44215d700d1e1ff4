import { missing } from '#kernel/errors.ts';
import { yearOf } from '#kernel/time.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canManage } from '#slices/classes/access.ts';
import { HOLIDAY_YEARS } from '#slices/classes/national-holidays.ts';
import {
	addHoliday,
	removeHoliday,
	setHours,
	setRamadan,
	takeHolidays
} from '#slices/classes/server/commands/write-holiday.ts';
import { hoursOf } from '#slices/classes/server/queries/calendar.ts';
import { holidaysOfYear } from '#slices/classes/server/queries/holidays.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!canManage(actor)) throw missing();
	const asked = Number(url.searchParams.get('year'));
	const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? asked : yearOf(today);
	return {
		year,
		known: HOLIDAY_YEARS.includes(year),
		...(await holidaysOfYear(db, actor, year)),
		hours: await hoursOf(db, actor.agencyId)
	};
});

export const actions = formActions({
	add: formAction(addHoliday, { then: () => ({ say: 'classes.holiday.added' }) }),
	remove: formAction(removeHoliday, { then: () => ({ say: 'classes.holiday.removed' }) }),
	take: formAction(takeHolidays, {
		then: ({ added }) => ({ say: 'classes.holiday.taken', params: { added } })
	}),
	hours: formAction(setHours, { then: () => ({ say: 'classes.hours.saved' }) }),
	ramadan: formAction(setRamadan, { then: () => ({ say: 'classes.hours.ramadanSaved' }) })
});
