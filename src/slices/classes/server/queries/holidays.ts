import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { holidayKind } from '../../model.ts';

/** Holidays and days of fasting of a year, as the agency keeps them. */
export async function holidaysOfYear(db: Db, actor: Actor, year: number) {
	const days = await sql<{
		id: string;
		on: string;
		name: string;
		kind: string;
		sure: boolean;
		source: string;
	}>`
		select id, to_char(on_day, 'YYYY-MM-DD') as on, name, kind, sure, source from classes.holiday
		where agency_id = ${actor.agencyId} and on_day between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)
		order by on_day, name limit 200`.execute(db);
	const ramadan = await sql<{ startsOn: string; endsOn: string; sure: boolean }>`
		select to_char(starts_on, 'YYYY-MM-DD') as "startsOn", to_char(ends_on, 'YYYY-MM-DD') as "endsOn", sure from classes.ramadan
		where agency_id = ${actor.agencyId} and starts_on between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)
		order by starts_on limit 2`.execute(db);
	return {
		holidays: days.rows.map((row) => ({ ...row, kind: holidayKind(row.kind) })),
		ramadan: ramadan.rows[0] ?? null
	};
}
