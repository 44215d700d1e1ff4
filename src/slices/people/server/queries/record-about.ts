import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** Schooling, appraisals, offices headed and how somebody left, for their own copy (UU 27/2022 Ps 7, 13). */
export async function recordAbout(db: Db, personId: string) {
	const education = await sql<{ level: string; study: string; graduated: number | null }>`
		select e.level, e.study, e.graduated from people.education e
		where e.agency_id = (select platform.current_agency()) and e.person_id = ${personId} order by e.graduated, e.level, e.id`.execute(
		db
	);
	const performance = await sql<{
		year: number;
		period: string;
		work: number | null;
		behaviour: number | null;
		predicate: number;
	}>`
		select r.year, r.period, r.work, r.behaviour, r.predicate from people.performance_rating r
		where r.agency_id = (select platform.current_agency()) and r.person_id = ${personId} order by r.year, r.period`.execute(
		db
	);
	const headed = await sql<{ unit: string; from: string }>`
		select u.name as unit, h.valid_from as "from" from people.headship h
		join people.unit u on u.agency_id = h.agency_id and u.id = h.unit_id
		where h.agency_id = (select platform.current_agency()) and h.person_id = ${personId} order by h.valid_from, u.name`.execute(
		db
	);
	const departures = await sql<{ reason: string; note: string; madeAt: Date }>`
		select d.reason, d.note, d.made_at as "madeAt" from people.departure d
		where d.agency_id = (select platform.current_agency()) and d.person_id = ${personId} order by d.made_at`.execute(
		db
	);
	return {
		education: education.rows,
		performance: performance.rows,
		headed: headed.rows,
		departures: departures.rows
	};
}
