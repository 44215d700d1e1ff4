import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { PersonMeasurement } from '../people-measurements.ts';

/**
 * Predicates of these years out of the records of people, 5 Sangat Baik … 1 Sangat Kurang. Of one year the annual one
 * counts, else that of its latest period, as needs reads them too. Whoever never had a post stands in no group and is left out.
 */
export async function predicatesOf(db: Db, from: number, to: number): Promise<PersonMeasurement[]> {
	const { rows } = await sql<PersonMeasurement>`
		select distinct on (r.person_id, r.year) r.person_id as "personId", make_date(r.year, 1, 1) as period, (6 - r.predicate)::int as value
		from people.performance_rating r
		where r.agency_id = (select platform.current_agency()) and r.year between ${from}::int and ${to}::int
			and exists (select from people.posting j where j.agency_id = r.agency_id and j.person_id = r.person_id)
		order by r.person_id, r.year, people.period_rank(r.period) desc`.execute(db);
	return rows;
}
