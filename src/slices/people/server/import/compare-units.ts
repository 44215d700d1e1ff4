import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { ComparedRows } from './kind.ts';
import { UNIT_FIELDS, UNIT_RECORD } from './fields.ts';

/**
 * Compares every unit with what is known and writes the dry run. The top of the file is the top that the agency
 * already has when that one has no SIASN id yet (it was made at first run); another top is wrong.
 */
export async function compareUnits(tx: Tx, { agencyId, importId, columns }: ComparedRows): Promise<void> {
	const fields = UNIT_FIELDS.filter(({ from }) => from.some((column) => columns.has(column)));
	const differs = sql.join([
		...fields.map(({ name }) => sql`(${sql.lit(name)}, u.${sql.ref(name)}, m.${sql.ref(name)})`),
		sql`('parent', up.name, case when up.external_id is not distinct from m.parent then up.name else coalesce(known_up.name, file_up.name, m.parent) end)`
	]);
	await sql`
		with r as materialized (
			select r.*, d.* from pg_temp.checked_row r
			left join lateral jsonb_to_record(r.data) as ${UNIT_RECORD} on true
		), top as (
			select id, external_id from people.unit where agency_id = ${agencyId} and parent_id is null and valid_to is null
		), m as materialized (
			select r.*, coalesce(by_id.id, adopted.id) as unit_id,
				not r.wrong and r.parent is null and by_id.id is null and adopted.id is null and exists (select from top) as another_top
			from r
			left join people.unit by_id on by_id.agency_id = ${agencyId} and by_id.external_id = r.known_id
			left join top adopted on not r.wrong and r.parent is null and by_id.id is null and adopted.external_id is null
		), c as (
			select m.*, changes.list as changes, m.wrong or m.another_top as failed,
				case when m.another_top then m.problems || '[{"column": "DiatasanId", "value": "", "code": "people.import.anotherTop", "params": {}}]' else m.problems end as all_problems
			from m
			left join people.unit u on u.agency_id = ${agencyId} and u.id = m.unit_id
			left join people.unit up on up.agency_id = ${agencyId} and up.id = u.parent_id
			left join people.unit known_up on known_up.agency_id = ${agencyId} and known_up.external_id = m.parent
			left join r file_up on file_up.known_id = m.parent and file_up.row_number <> m.row_number
			left join lateral (
				select jsonb_object_agg(f.name, jsonb_build_object('from', f.old, 'to', f.new)) as list
				from (values ${differs}) as f(name, old, new)
				where u.id is not null and not m.wrong and f.old is distinct from f.new
			) changes on true
		)
		insert into people.import_row (agency_id, import_id, row_number, outcome, subject_id, label, data, changes, problems, cells)
		select distinct on (row_number) ${agencyId}, ${importId}, row_number,
			case when failed then 'wrong' when unit_id is null then 'new' when changes is null then 'unchanged' else 'changed' end,
			case when unit_id is not null then unit_id when failed then null else new_id end,
			label, case when failed then '{}' else data end, case when failed then null else changes end, nullif(all_problems, '[]'), cells
		from c order by row_number`.execute(tx);
}
