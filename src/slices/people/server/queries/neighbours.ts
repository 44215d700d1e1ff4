import { sql } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import type { Named, Pair } from '../../neighbours.ts';

/** Kecamatan (in Papua: distrik) of the agency that stand, by name. Names of the map: asks nobody's permission. */
export async function subdistricts(db: Db): Promise<Named[]> {
	const { rows } = await sql<Named>`
		select u.id, u.name from people.unit u
		where u.agency_id = (select platform.current_agency()) and u.kind = 'kecamatan' and u.valid_to is null
		order by u.name, u.id`.execute(db);
	return rows;
}

/** Which of them adjoin, each pair once. Empty as long as nobody said. */
export async function adjoining(db: Db): Promise<Pair[]> {
	const { rows } = await sql<{ one: string; other: string }>`
		select n.unit_id as one, n.other_id as other from people.neighbour n
		join people.unit a on a.agency_id = n.agency_id and a.id = n.unit_id and a.valid_to is null
		join people.unit b on b.agency_id = n.agency_id and b.id = n.other_id and b.valid_to is null
		where n.agency_id = (select platform.current_agency())
		order by n.unit_id, n.other_id`.execute(db);
	return rows.map(({ one, other }) => [one, other]);
}

export type Neighbour = Named & { readable: boolean };

/** Neighbours of one kecamatan by name; `readable`: the actor may open its page. The caller asked who may read this one. */
export async function neighboursOf(db: Db, actor: Actor, unitId: string): Promise<Neighbour[]> {
	const { rows } = await sql<Neighbour>`
		select u.id, u.name, ${inScope(actor, 'people.read', 'u.path')} as readable
		from people.neighbour n
		join people.unit u on u.agency_id = n.agency_id and u.id in (n.unit_id, n.other_id) and u.id <> ${unitId} and u.valid_to is null
		where n.agency_id = (select platform.current_agency()) and ${unitId} in (n.unit_id, n.other_id)
		order by u.name, u.id`.execute(db);
	return rows;
}

export type MapLine = Named & { neighbours: string[] };

/** Every kecamatan that the actor may read, with the names of its neighbours. Refuses (as missing): reads nobody. */
export async function neighbourMap(db: Db, actor: Actor): Promise<MapLine[]> {
	if (!hasAbility(actor, 'people.read')) throw missing();
	const { rows } = await sql<MapLine>`
		select u.id, u.name, coalesce((select array_agg(o.name order by o.name)
			from people.neighbour n
			join people.unit o on o.agency_id = n.agency_id and o.id in (n.unit_id, n.other_id) and o.id <> u.id and o.valid_to is null
			where n.agency_id = u.agency_id and u.id in (n.unit_id, n.other_id)), '{}') as neighbours
		from people.unit u
		where u.agency_id = (select platform.current_agency()) and u.kind = 'kecamatan' and u.valid_to is null
			and ${inScope(actor, 'people.read', 'u.path')}
		order by u.name, u.id`.execute(db);
	return rows;
}
