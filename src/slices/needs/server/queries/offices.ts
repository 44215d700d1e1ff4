import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export type Office = { id: string; name: string; people: number };

/** The offices right under the agency with all who work in them: what a campaign is aimed at. */
export async function offices(db: Db): Promise<Office[]> {
	const { rows } = await sql<Office>`
		with own as (
			select subpath(s.unit_path, 0, least(nlevel(s.unit_path), 2)) as path, count(*)::int as people
			from people.staff s where s.agency_id = (select platform.current_agency()) group by 1
		)
		select u.id, u.name, coalesce(o.people, 0) as people
		from people.unit u left join own o on o.path = u.path
		where u.agency_id = (select platform.current_agency()) and u.valid_to is null and nlevel(u.path) = 2
		order by u.name limit 300`.execute(db);
	return rows;
}
