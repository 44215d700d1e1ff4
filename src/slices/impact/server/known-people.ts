import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { digitsOf, type KnownPerson } from '../people-measurements.ts';

/** People of this agency under these numbers, whoever left among them; nobody else's name leaves the database. */
export async function knownPeople(tx: Tx, typed: readonly string[]): Promise<KnownPerson[]> {
	const nips = [...new Set(typed.flatMap((one) => digitsOf(one) ?? []))];
	const { rows } = await sql<KnownPerson>`
		select p.id as "personId", p.nip, p.name, p.active, case when not p.active then j.last end as "leftOn", coalesce(j.posts, 0) > 0 as posted
		from people.person p
		left join lateral (
			select count(*) as posts, case when bool_and(x.valid_to is not null) then max(x.valid_to) end as last
			from people.posting x where x.agency_id = p.agency_id and x.person_id = p.id
		) j on true
		where p.agency_id = (select platform.current_agency()) and p.nip = any(${nips}::text[])`.execute(tx);
	return rows;
}
