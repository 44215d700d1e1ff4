import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { refreshPaths } from './apply-units.ts';
import { laterImports, referringRows, some } from './dependants.ts';
import { UNIT_FIELDS } from './fields.ts';
import type { Dependant, Undone } from './kind.ts';

/** Later imports, units that were put below since, and anything in any room that names a unit which it brought. */
export async function dependantsOfUnits(tx: Tx, undone: Undone): Promise<Dependant[]> {
	const { agencyId, importId } = undone;
	const { rows } = await sql<{ below: number }>`
		select count(*)::int as below from people.unit u
		where u.agency_id = ${agencyId} and u.parent_id in (select subject_id from people.import_row
				where agency_id = ${agencyId} and import_id = ${importId} and outcome = 'new')
			and not exists (select from people.import_row own where own.agency_id = ${agencyId} and own.import_id = ${importId}
				and own.subject_id = u.id and own.outcome in ('new', 'changed'))`.execute(tx);
	return [
		...(await laterImports(tx, undone)),
		...some('people.import.depends.units', rows[0]?.below ?? 0),
		...(await referringRows(tx, undone, 'people.unit', ['people.unit']))
	];
}

export async function undoUnits(tx: Tx, { agencyId, importId }: Undone): Promise<void> {
	const set = sql.join(UNIT_FIELDS.map(({ name }) => sql`${sql.ref(name)} = ir.before ->> ${sql.lit(name)}`));
	await sql`update people.unit u set ${set}, parent_id = (ir.before ->> 'parent_id')::uuid,
			import_id = (ir.before ->> 'import_id')::uuid, import_row = (ir.before ->> 'import_row')::integer
		from people.import_row ir
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'changed'
			and u.agency_id = ${agencyId} and u.id = ir.subject_id`.execute(tx);
	await sql`select people.import_forget(${agencyId}::uuid, ${importId}::uuid)`.execute(tx);
	await sql`delete from people.unit u using people.import_row ir
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'new'
			and u.agency_id = ${agencyId} and u.id = ir.subject_id`.execute(tx);
	await refreshPaths(tx, agencyId);
}
