import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import type { PersonPlace, PersonPowers } from '../../access.ts';

/**
 * SQL twin of `canReadPerson` over rows of people.staff named `s`: proven the same by a property test. For lists; one
 * person is asked with the predicate itself.
 */
export const visiblePeople = (actor: Actor): RawBuilder<SqlBool> =>
	sql<SqlBool>`(s.person_id = ${actor.personId}::uuid or s.supervisor_id = ${actor.personId}::uuid
		or (${inScope(actor, 'people.read', 's.unit_path')} and (not s.restricted
			or ${inScope(actor, 'people.correct', 's.unit_path')} or ${inScope(actor, 'people.privacy', 's.unit_path')})))`;

/**
 * Where a person stands for permission. Who left or has no post yet stands where they last were, or nowhere: then only
 * the whole agency reaches them. Refuses: nobody of this agency.
 */
export async function placeOf(db: Db, personId: string): Promise<PersonPlace> {
	const { rows } = await sql<PersonPlace>`
		select p.id as "personId", coalesce(u.path::text, '') as "unitPath", s.supervisor_id as "supervisorId", p.restricted
		from people.person p
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.id
		left join lateral (
			select j.unit_id from people.posting j
			where j.agency_id = p.agency_id and j.person_id = p.id order by j.valid_from desc limit 1
		) last on true
		left join people.unit u on u.agency_id = p.agency_id and u.id = last.unit_id
		where p.agency_id = (select platform.current_agency()) and p.id = ${personId}`.execute(db);
	const place = rows[0];
	if (!place) throw missing();
	return place;
}

/** With the units that the person heads or holds a dated role in, now or later. */
export async function powersOf(db: Db, personId: string, today: string): Promise<PersonPowers> {
	const place = await placeOf(db, personId);
	const { rows } = await sql<{ path: string }>`
		select case when u.parent_id is null then '' else u.path::text end as path
		from people.unit u
		where u.agency_id = (select platform.current_agency()) and (
			u.head_person_id = ${personId} or u.acting_person_id = ${personId}
			or u.id in (
				select g.unit_id from people.role_grant g
				where g.agency_id = (select platform.current_agency()) and g.person_id = ${personId}
					and (g.valid_to is null or g.valid_to > ${today}::date)
			)
		)`.execute(db);
	return { ...place, powerPaths: rows.map(({ path }) => path) };
}
