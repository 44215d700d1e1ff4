import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { neverCameIn, type Newcomer } from '#platform/auth/access-code.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { visiblePeople } from './places.ts';

export type UnitNewcomer = Newcomer & { unit: string };

/**
 * Who works in a unit or below it and never came in, by unit and name; and whose code still waits to be used, the longest made first. Nobody whose powers reach beyond the actor's:
 * SQL twin of `canResetAccess`. The caller has asked whether the unit is the actor's to open.
 */
export async function newcomersOf(
	db: Db,
	actor: Actor,
	unitPath: string,
	{ today, now }: { today: string; now: Date }
): Promise<{ fresh: UnitNewcomer[]; waiting: UnitNewcomer[] }> {
	const { rows } = await sql<UnitNewcomer>`
		select s.person_id as "personId", s.nip as username, s.name, s.unit_name as unit
		from people.staff s
		where s.agency_id = ${actor.agencyId} and s.nip is not null and s.unit_path <@ ${unitPath}::ltree
			and s.person_id is distinct from ${actor.personId}::uuid and ${visiblePeople(actor)}
			and not exists (
				select from (
					select u.id, u.path from people.unit u where u.agency_id = s.agency_id
						and (u.head_person_id = s.person_id or u.acting_person_id = s.person_id)
					union all
					select u.id, u.path from people.role_grant g join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
					where g.agency_id = s.agency_id and g.person_id = s.person_id and (g.valid_to is null or g.valid_to > ${today}::date)
				) as power where not ${inScope(actor, 'people.resetAccess', 'power.path')}
			)
		order by s.unit_path, s.name, s.person_id`.execute(db);
	const never = await neverCameIn(
		db,
		actor.agencyId,
		rows.map(({ personId }) => personId),
		now
	);
	const made = ({ personId }: UnitNewcomer) => never.waiting.get(personId) ?? 0;
	return {
		fresh: rows.filter(({ personId }) => never.fresh.has(personId)),
		// Made at once, they stay in the order of the sheet that was lost.
		waiting: rows.filter(({ personId }) => never.waiting.has(personId)).toSorted((a, b) => made(a) - made(b))
	};
}
