import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { Applied } from './kind.ts';
import { UNIT_FIELDS, UNIT_RECORD } from './fields.ts';

/** Writes a checked unit table: new units, changed ones, the tree between them, and every path anew. */
export async function applyUnits(tx: Tx, applied: Applied): Promise<void> {
	const { agencyId, importId, today } = applied;
	const columns = sql.join(UNIT_FIELDS.map(({ name }) => sql.ref(name)));
	const values = sql.join(UNIT_FIELDS.map(({ name }) => sql`n.${sql.ref(name)}`));
	const rows = (outcome: 'new' | 'changed') => sql`(select ir.subject_id, ir.row_number, d.*
		from people.import_row ir cross join lateral jsonb_to_record(ir.data) as ${UNIT_RECORD}
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = ${sql.lit(outcome)}) as n`;
	// The sequence is shared by all agencies and a label need not be dense, only new and the same for ever. A unit comes with
	// its place in the tree, so that its history begins where it stands and not with a move.
	await sql`with n as materialized (
			select *, 'u' || nextval('people.unit_label') as label from ${rows('new')}
		)
		insert into people.unit (agency_id, id, ${columns}, parent_id, label, path, valid_from, import_id, import_row)
		select ${agencyId}, n.subject_id, ${values}, coalesce(above.subject_id, up.id), n.label, n.label::ltree, ${today}::date, ${importId}, n.row_number
		from n
		left join n as above on above.external_id = n.parent
		left join people.unit up on up.agency_id = ${agencyId} and up.external_id = n.parent`.execute(tx);
	const known = UNIT_FIELDS.map(({ name }) => sql`${sql.lit(name)}, u.${sql.ref(name)}`);
	await sql`update people.import_row ir set before = jsonb_build_object('import_id', u.import_id, 'import_row', u.import_row,
			'parent_id', u.parent_id, ${sql.join(known)})
		from people.unit u where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'changed'
			and u.agency_id = ${agencyId} and u.id = ir.subject_id`.execute(tx);
	const fields = UNIT_FIELDS.filter(({ from }) => from.some((column) => applied.columns.has(column)));
	const set = sql.join(fields.map(({ name }) => sql`${sql.ref(name)} = n.${sql.ref(name)}`));
	await sql`update people.unit u set ${set}, import_id = ${importId}, import_row = n.row_number from ${rows('changed')}
		where u.agency_id = ${agencyId} and u.id = n.subject_id`.execute(tx);
	await sql`with read as materialized (
			select ir.subject_id, d.parent
			from people.import_row ir cross join lateral jsonb_to_record(ir.data) as ${UNIT_RECORD}
			where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome in ('new', 'changed')
		), placed as materialized (
			select read.subject_id, up.id as parent_id from read
			left join people.unit up on up.agency_id = ${agencyId} and up.external_id = read.parent
		)
		update people.unit u set parent_id = placed.parent_id from placed
		where u.agency_id = ${agencyId} and u.id = placed.subject_id and u.parent_id is distinct from placed.parent_id`.execute(
		tx
	);
	await refreshPaths(tx, agencyId);
}

export async function refreshPaths(tx: Tx, agencyId: string): Promise<void> {
	await sql`with recursive tree as (
			select id, label::ltree as path from people.unit where agency_id = ${agencyId} and parent_id is null
			union all
			select u.id, t.path || u.label from people.unit u join tree t on u.parent_id = t.id where u.agency_id = ${agencyId}
		)
		update people.unit u set path = tree.path from tree
		where u.agency_id = ${agencyId} and u.id = tree.id and u.path is distinct from tree.path`.execute(tx);
}

/**
 * Heads follow from the unit table and the people known; supervisors from heads and the tree. After units or people
 * changed, in whichever order they came. An elected head stays: SIASN knows civil servants only, and names the
 * secretary in the mayor's place.
 */
export async function refreshHeads(tx: Tx, agencyId: string): Promise<void> {
	await sql`update people.unit u set head_person_id = h.person_id
		from (
			select u.id, p.id as person_id from people.unit u
			left join people.person p on p.agency_id = u.agency_id and p.external_id = u.head_external_id and p.active
			left join people.person now on now.agency_id = u.agency_id and now.id = u.head_person_id
			where u.agency_id = ${agencyId} and (now.id is null or not now.active or now.employment_kind <> 'OFFICIAL')
		) as h
		where u.agency_id = ${agencyId} and u.id = h.id and u.head_person_id is distinct from h.person_id`.execute(
		tx
	);
	await sql`update people.posting j set is_head = (u.head_person_id is not distinct from j.person_id)
		from people.unit u
		where j.agency_id = ${agencyId} and u.agency_id = ${agencyId} and u.id = j.unit_id and j.valid_to is null
			and j.is_head is distinct from (u.head_person_id is not distinct from j.person_id)`.execute(tx);
	await sql`select people.refresh_leaders(${agencyId})`.execute(tx);
}
