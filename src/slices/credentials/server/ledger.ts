import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** JP that an employment kind needs in a year on that day; null when the rules ask nothing of it. */
export async function jpTargetOf(db: Db, employmentKind: string, on: string): Promise<number | null> {
	const rows = await sql<{ hours: number }>`
		select learning_hours as hours from credentials.jp_target
		where agency_id = platform.current_agency() and employment_kind = ${employmentKind} and nature = 'minimum'
			and valid_from <= ${on}::date and (valid_to is null or valid_to > ${on}::date)
		order by valid_from desc limit 1`.execute(db);
	return rows.rows[0]?.hours ?? null;
}

/** JP that count for a person in a year, with the day each was reached: what the step line draws. */
export async function jpOfYear(
	db: Db,
	personId: string,
	year: number
): Promise<{ on: string; title: string; learningHours: number }[]> {
	const rows = await sql<{ on: string; title: string; learningHours: number }>`
		select ends_on as on, title, learning_hours as "learningHours" from credentials.jp_entry
		where agency_id = platform.current_agency() and person_id = ${personId} and year = ${year} and status = 'counted'
		order by ends_on, created_at`.execute(db);
	return rows.rows;
}

/** Employment kind of a person; null for an account without one. */
export async function personKind(db: Db, personId: string | null): Promise<string | null> {
	if (personId === null) return null;
	const rows = await sql<{ kind: string }>`
		select employment_kind as kind from people.person
		where agency_id = platform.current_agency() and id = ${personId}`.execute(db);
	return rows.rows[0]?.kind ?? null;
}

/** JP that count for each of these people in a year; who has none is not among them. */
export async function jpCountedOf(
	db: Db,
	personIds: readonly string[],
	year: number
): Promise<Map<string, number>> {
	const rows = await sql<{ personId: string; hours: number }>`
		select person_id as "personId", sum(learning_hours) as hours from credentials.jp_entry
		where agency_id = platform.current_agency() and year = ${year} and person_id = any(${[...personIds]}::uuid[]) and status = 'counted'
		group by person_id`.execute(db);
	return new Map(rows.rows.map(({ personId, hours }) => [personId, hours]));
}
