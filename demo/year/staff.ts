import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { Staff } from './world.ts';

/** Everybody at work, by NIP. The mayor, who has none, is not among them: nobody sends him to a class. */
export async function readStaff(db: Db): Promise<Staff[]> {
	const found = await sql<Staff>`
		select s.person_id as id, s.nip, concat_ws(', ', concat_ws(' ', s.front_title, s.name), s.back_title) as name,
			s.post_title as post, s.post_kind as kind, s.post_level as level, s.is_head as "isHead",
			s.unit_id as "unitId", s.unit_name as "unitName", coalesce(o.name, s.unit_name) as office,
			u.kind as "unitKind", u.path::text as path, s.supervisor_id as "supervisorId"
		from people.staff s
		join people.unit u on u.agency_id = s.agency_id and u.id = s.unit_id
		left join people.unit o on o.agency_id = s.agency_id and nlevel(s.unit_path) > 1 and o.path = subpath(s.unit_path, 0, 2)
		where s.agency_id = platform.current_agency() and s.nip is not null
		order by s.nip`.execute(db);
	return found.rows;
}
