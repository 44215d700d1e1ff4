import { sql } from 'kysely';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { isFor } from '#slices/classes/public.server.ts';
import type { ClassEnd, FormKey } from '../model.ts';
import { isClosed } from '../rules.ts';
import { END_COLUMNS, END_OF_CLASS, END_OF_SESSION } from './class-end.ts';

/** Forms of the agency whose reactions are complete and still sealed: of sessions in their order, then of classes. */
export async function reactionsToOpen(db: Db, now: Date, today: CivilDate): Promise<FormKey[]> {
	const ofClasses = await sql<ClassEnd & FormKey & { given: number; seated: number }>`
		select c.id as "classId", null::uuid as "sessionId", ${END_COLUMNS}, g.given,
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
	const ofSessions = await sql<ClassEnd & FormKey & { given: number; seated: number }>`
		select c.id as "classId", s.id as "sessionId", ${END_OF_SESSION},
			(select count(*)::int from evaluation.session_given g where g.agency_id = s.agency_id and g.session_id = s.id) as given,
			(select count(*)::int from classes.registration r
				where r.agency_id = c.agency_id and r.class_id = c.id and r.status in ('enrolled', 'passed', 'failed') and ${isFor('r')}) as seated
		from evaluation.session_box b
		join classes.session s on s.agency_id = b.agency_id and s.id = b.session_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join platform.agency a on a.agency_id = c.agency_id
		where b.agency_id = platform.current_agency() and b.opened_on is null
		order by s.ends_at`.execute(db);
	// A link leads to the form before, so that one is opened first.
	return [...ofSessions.rows, ...ofClasses.rows]
		.filter((row) => isClosed(row, row, now, today))
		.map(({ classId, sessionId }) => ({ classId, sessionId }));
}
