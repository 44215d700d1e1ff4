import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { fullNameOf, heldOn, unitsOn } from './as-of.ts';

/** Why this one: ordered for a time, head of the own unit, or the nearest head above (`vacant`: because nearer places are). */
export type SupervisorWhy = 'exception' | 'unit' | 'above';
export type Supervisor = {
	id: string;
	name: string;
	why: SupervisorWhy;
	/** The unit that they lead, or stand in for. */
	unitName: string | null;
	actingKind: string | null;
	/** Units between that have no head. */
	vacant: number;
	reason: string | null;
	until: string | null;
};

/**
 * Who supervises a person on a day, and why. Walks up from the unit to the first who leads it on that day and is not the
 * person; the place that one leads oneself counts for nothing, even while somebody stands in there. Of today it is
 * `people.staff.supervisor_id` (history.db.test.ts proves it).
 */
export async function supervisorOn(
	db: Db,
	personId: string,
	day: string,
	today: string | null = null
): Promise<Supervisor | null> {
	const exception = await sql<{ id: string; name: string; reason: string; until: string | null }>`
		select e.supervisor_id as id, ${fullNameOf('v')} as name, e.reason, e.valid_to as until
		from people.supervisor_exception e join people.person v on v.agency_id = e.agency_id and v.id = e.supervisor_id
		where e.agency_id = (select platform.current_agency()) and e.person_id = ${personId}
			and e.valid_from <= ${day}::date and (e.valid_to is null or e.valid_to > ${day}::date)`.execute(db);
	const excepted = exception.rows[0];
	if (excepted) return { ...excepted, why: 'exception', unitName: null, actingKind: null, vacant: 0 };
	// Today's tree is known by its paths; of another day every unit may have hung elsewhere.
	const near =
		day === today
			? sql`u.path @> any(array(select n.path from people.posting k join people.unit n on n.agency_id = k.agency_id and n.id = k.unit_id
				where k.agency_id = (select platform.current_agency()) and k.person_id = ${personId} and k.valid_to is null))`
			: sql`true`;
	const { rows } = await sql<{
		depth: number;
		unitName: string;
		id: string | null;
		name: string | null;
		actingKind: string | null;
		own: boolean;
	}>`
		with recursive units as materialized (select * from ${unitsOn(day, near)} q),
		start as (
			select j.unit_id from people.posting j join people.person p on p.agency_id = j.agency_id and p.id = j.person_id
			where j.agency_id = (select platform.current_agency()) and j.person_id = ${personId} and ${heldOn(day)}
		), up as (
			select 0 as depth, u.* from units u join start on start.unit_id = u.id
			union all
			select up.depth + 1, u.* from up join units u on u.id = up.parent_id where up.depth < 30
		)
		select up.depth, up.name as "unitName", v.id, ${fullNameOf('v')} as name, up.acting_kind as "actingKind",
			coalesce(up.head_id = ${personId}, false) or coalesce(up.acting_id = ${personId}, false) as own
		from up left join people.person v on v.agency_id = (select platform.current_agency()) and v.id = coalesce(up.acting_id, up.head_id)
		order by up.depth`.execute(db);
	const at = rows.findIndex(({ id, own }) => id !== null && !own);
	const found = rows[at];
	if (!found || found.id === null) return null;
	return {
		id: found.id,
		name: found.name ?? '',
		why: found.depth === 0 ? 'unit' : 'above',
		unitName: found.unitName,
		actingKind: found.actingKind,
		vacant: rows.slice(0, at).filter(({ id }) => id === null).length,
		reason: null,
		until: null
	};
}
