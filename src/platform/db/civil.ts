import { sql, type RawBuilder } from 'kysely';

/** An instant as the clock of the agency `a` shows it, '2026-03-09T08:30': facts of notices keep neither zone nor language. */
export const civil = (instant: RawBuilder<unknown>): RawBuilder<string> =>
	sql<string>`to_char(${instant} at time zone a.time_zone, 'YYYY-MM-DD"T"HH24:MI')`;
