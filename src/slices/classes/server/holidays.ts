import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { HOLIDAY_YEARS, NATIONAL_HOLIDAYS, RAMADANS } from '../national-holidays.ts';

/** Copies the national holidays of a year into the agency's own list; what stands there already is left as it is. */
export async function takeHolidaysOf(tx: Tx, agencyId: string, year: number): Promise<number> {
	const inYear = (day: string) => day.startsWith(`${year}-`);
	const days = NATIONAL_HOLIDAYS.filter(({ onDay }) => inYear(onDay));
	const ramadans = RAMADANS.filter(({ startsOn }) => inYear(startsOn));
	if (ramadans.length > 0)
		await tx
			.insertInto('classes.ramadan')
			.values(
				ramadans.map(({ startsOn, endsOn, sure }) => ({
					agency_id: agencyId,
					starts_on: startsOn,
					ends_on: endsOn,
					sure
				}))
			)
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	if (days.length === 0) return 0;
	const taken = await tx
		.insertInto('classes.holiday')
		.values(
			days.map(({ onDay, ...facts }) => ({ agency_id: agencyId, id: newId(), on_day: onDay, ...facts }))
		)
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	return Number(taken.numInsertedOrUpdatedRows ?? 0);
}

/** What a new agency's calendar begins with. */
export async function seedHolidays(tx: Tx, agencyId: string): Promise<void> {
	for (const year of HOLIDAY_YEARS) await takeHolidaysOf(tx, agencyId, year);
}
