import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export type ValueSource = { field: string; file: string; row: number; at: Date; importId: string };

/**
 * Which import said each thing that is known of a person, and in which row: the last one that brought or changed it. The
 * caller has asked whether the person may be read.
 */
export async function sourcesOf(db: Db, personId: string): Promise<ValueSource[]> {
	const { rows } = await sql<ValueSource>`
		select distinct on (f.field) f.field, i.file_name as file, r.row_number as row, i.applied_at as at, i.id as "importId"
		from people.import_row r
		join people.import i on i.agency_id = r.agency_id and i.id = r.import_id and i.status = 'applied' and i.kind = 'people'
		cross join lateral (
			select jsonb_object_keys(r.changes) as field where r.outcome = 'changed'
			union all
			select c.field from unnest(array['nip', 'name', 'employment_kind', 'legal_status', 'grade', 'education_level', 'email',
				'unit', 'post_title']) as c(field) where r.outcome = 'new'
		) f
		where r.agency_id = (select platform.current_agency()) and r.subject_id = ${personId} and r.outcome in ('new', 'changed')
		order by f.field, i.applied_at desc`.execute(db);
	return rows;
}
