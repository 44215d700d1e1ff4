import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canManage } from '../../access.ts';
import { AddHoliday, RemoveHoliday, SetHours, SetRamadan, TakeHolidays } from '../../schedule-input.ts';
import { takeHolidaysOf } from '../holidays.ts';

constraintMeans('holiday_agency_id_on_day_name_key', 'classes.holiday.already');

/** Refuses: that holiday stands on that day already. */
export const addHoliday = command(
	'classes.addHoliday',
	AddHoliday,
	async ({ tx, actor, now, permit, note }, { onDay, name, kind, source }) => {
		permit(canManage(actor));
		const holidayId = newId(now.getTime());
		await tx
			.insertInto('classes.holiday')
			.values({ agency_id: actor.agencyId, id: holidayId, on_day: onDay, name, kind, source })
			.execute();
		note({ holidayId });
		return { holidayId };
	},
	{ summary: 'Adds a holiday to the calendar' }
);

export const removeHoliday = command(
	'classes.removeHoliday',
	RemoveHoliday,
	async ({ tx, actor, permit, note }, { holidayId }) => {
		permit(canManage(actor));
		const gone = await tx
			.deleteFrom('classes.holiday')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', holidayId)
			.executeTakeFirst();
		if (gone.numDeletedRows === 0n) throw missing();
		note({ holidayId });
		return { holidayId };
	},
	{ summary: 'Takes a holiday off the calendar' }
);

/** National holidays and Ramadan of a year, as far as they are known; those that stand already are left as they are. */
export const takeHolidays = command(
	'classes.takeHolidays',
	TakeHolidays,
	async ({ tx, actor, permit, note }, { year }) => {
		permit(canManage(actor));
		const added = await takeHolidaysOf(tx, actor.agencyId, year);
		note({ year, added });
		return { year, added };
	},
	{ summary: 'Takes over the national holidays of a year' }
);

export const setHours = command(
	'classes.setHours',
	SetHours,
	async ({ tx, actor, permit, note }, input) => {
		permit(canManage(actor));
		const hours = {
			day_from: input.dayFrom,
			day_to: input.dayTo,
			ramadan_from: input.ramadanFrom,
			ramadan_to: input.ramadanTo,
			friday_from: input.fridayFrom,
			friday_to: input.fridayTo
		};
		await tx
			.insertInto('classes.hours')
			.values({ agency_id: actor.agencyId, ...hours })
			.onConflict((conflict) => conflict.column('agency_id').doUpdateSet(hours))
			.execute();
		note({});
		return {};
	},
	{ summary: 'Sets office hours, Friday prayer and Ramadan hours' }
);

/** Days of fasting of a year; another beginning in the same year replaces it. */
export const setRamadan = command(
	'classes.setRamadan',
	SetRamadan,
	async ({ tx, actor, permit, note }, { startsOn, endsOn }) => {
		permit(canManage(actor));
		const year = startsOn.slice(0, 4);
		await tx
			.deleteFrom('classes.ramadan')
			.where('agency_id', '=', actor.agencyId)
			.where('starts_on', '>=', `${year}-01-01`)
			.where('starts_on', '<=', `${year}-12-31`)
			.execute();
		await tx
			.insertInto('classes.ramadan')
			.values({ agency_id: actor.agencyId, starts_on: startsOn, ends_on: endsOn, sure: true })
			.execute();
		note({ year: Number(year) });
		return {};
	},
	{ summary: 'Sets the days of Ramadan' }
);
