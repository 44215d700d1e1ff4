import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** What one person read and how their tests went, for their own copy (UU 27/2022 Ps 7, 13). Asks nobody's permission. */
export async function learningOf(db: Db, personId: string) {
	const lessons = await sql<{ code: string; lesson: string; openedAt: Date; finishedAt: Date | null }>`
		select c.code, l.title as lesson, v.opened_at as "openedAt", v.finished_at as "finishedAt" from learning.lesson_view v
		join classes.class c on c.agency_id = v.agency_id and c.id = v.class_id
		join content.lesson l on l.agency_id = v.agency_id and l.id = v.lesson_id
		where v.agency_id = (select platform.current_agency()) and v.person_id = ${personId} order by v.opened_at, v.lesson_id`.execute(
		db
	);
	const tests = await sql<{
		code: string;
		purpose: string;
		startedAt: Date;
		finishedAt: Date | null;
		score: number | null;
		maxScore: number | null;
	}>`
		select c.code, a.purpose, a.started_at as "startedAt", a.finished_at as "finishedAt", a.score, a.max_score as "maxScore"
		from learning.attempt a
		join classes.class c on c.agency_id = a.agency_id and c.id = a.class_id
		where a.agency_id = (select platform.current_agency()) and a.person_id = ${personId} order by a.started_at, a.id`.execute(
		db
	);
	return { lessons: lessons.rows, tests: tests.rows };
}
