import { sql } from 'kysely';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import type { ClassEnd } from '../model.ts';
import { isClosed } from '../rules.ts';
import { END_COLUMNS, END_OF_CLASS } from './class-end.ts';

/** Classes of the agency whose reactions are complete and still sealed. */
export async function reactionsToOpen(db: Db, now: Date, today: CivilDate): Promise<string[]> {
	const { rows } = await sql<ClassEnd & { id: string; given: number; seated: number }>`
		select c.id, ${END_COLUMNS}, g.given,
			(select count(*)::int from classes.registration r
				where r.agency_id = c.agency_id and r.class_id = c.id and r.status in ('enrolled', 'passed', 'failed')) as seated
		from (
			select g.agency_id, g.class_id, count(*)::int as given from evaluation.reaction_given g
			where g.agency_id = platform.current_agency() and not exists (select from evaluation.reaction_box b
				where b.agency_id = g.agency_id and b.class_id = g.class_id and b.opened_on is not null)
			group by g.agency_id, g.class_id
		) g
		join classes.class c on c.agency_id = g.agency_id and c.id = g.class_id
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS}`.execute(db);
	return rows.filter((row) => isClosed(row, row, now, today)).map(({ id }) => id);
}
