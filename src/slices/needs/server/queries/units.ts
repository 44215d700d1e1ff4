import { sql } from 'kysely';
import { mayEverywhere, scopesOf, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadUnit } from '../../access.ts';

export type UnitInView = {
	id: string;
	name: string;
	path: string;
	/** Units above it that the actor may read too, from the top. */
	above: { id: string; name: string }[];
};

/**
 * The unit that was asked for, or the highest one whose needs the actor may read. Refuses: missing, for a unit that
 * does not exist or is not theirs to read.
 */
export async function unitInView(db: Db, actor: Actor, unitId: string | null): Promise<UnitInView> {
	const unit = unitId === null ? await highestUnit(db, actor) : await unitById(db, unitId);
	if (unit === undefined || !canReadUnit(actor, unit.path)) throw missing();
	const above = await sql<{ id: string; name: string; path: string }>`
		select id, name, path::text from people.unit
		where agency_id = (select platform.current_agency()) and path @> ${unit.path}::ltree and id != ${unit.id}
		order by nlevel(path)`.execute(db);
	return {
		...unit,
		above: above.rows.filter((one) => canReadUnit(actor, one.path)).map(({ id, name }) => ({ id, name }))
	};
}

const unitById = (db: Db, id: string) =>
	db
		.selectFrom('people.unit')
		.select(['id', 'name', 'path'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', id)
		.executeTakeFirst();

async function highestUnit(db: Db, actor: Actor) {
	const everywhere = mayEverywhere(actor, 'needs.read');
	const paths = scopesOf(actor, 'needs.read');
	const { rows } = await sql<{ id: string; name: string; path: string }>`
		select id, name, path::text from people.unit
		where agency_id = (select platform.current_agency()) and valid_to is null
			and (${everywhere} and parent_id is null or path = any(${paths.filter((path) => path !== '')}::ltree[]))
		order by nlevel(path), name limit 1`.execute(db);
	return rows[0];
}
