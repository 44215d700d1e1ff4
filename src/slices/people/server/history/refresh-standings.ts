import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';

/** Grade and kind of employment of today, for one person or everybody, where the history says another. */
export async function refreshStandings(
	tx: Tx,
	agencyId: string,
	today: string,
	personId: string | null = null
): Promise<void> {
	await sql`select set_config('people.standing_known', 'on', true)`.execute(tx);
	await sql`with latest as materialized (
			select s.person_id,
				(array_agg(s.grade order by s.valid_from desc) filter (where s.grade is not null))[1] as grade,
				(array_agg(s.employment_kind order by s.valid_from desc) filter (where s.employment_kind is not null))[1] as kind
			from people.standing s
			where s.agency_id = ${agencyId} and s.valid_from <= ${today}::date
				and (${personId}::uuid is null or s.person_id = ${personId}::uuid)
			group by s.person_id
		)
		update people.person p set grade = coalesce(l.grade, p.grade), employment_kind = coalesce(l.kind, p.employment_kind)
		from latest l
		where p.agency_id = ${agencyId} and p.id = l.person_id
			and ((l.grade is not null and l.grade is distinct from p.grade) or (l.kind is not null and l.kind <> p.employment_kind))`.execute(
		tx
	);
	await sql`select set_config('people.standing_known', '', true)`.execute(tx);
}
