import { sql } from 'kysely';
import { mayEverywhere, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canSeeProgress } from '../access.ts';
import { LEARNING, TAUGHT } from '../model.ts';

export type Progress = {
	personId: string;
	name: string;
	unit: string | null;
	read: number;
	/** Per cent of the points; null while not handed in. */
	pretest: number | null;
	posttest: number | null;
	practices: number;
	lastAt: Date | null;
	/** How many of the whole class have not begun; the same in every row. */
	lost: number;
};

/** Who is lost: each participant's reading and tests, least progress first. For who teaches the class and the office. */
export async function classProgress(
	db: Db,
	actor: Actor,
	classId: string,
	list: { size: number; offset: number }
) {
	const rows = await sql<{
		id: string;
		name: string;
		teaches: boolean;
		lessons: number;
		participants: number;
	}>`
		select c.id, c.name,
			exists (select from classes.session s where s.agency_id = c.agency_id and s.class_id = c.id
				and exists (select from classes.session_facilitator f where f.agency_id = s.agency_id and f.session_id = s.id
				and f.person_id = ${actor.personId})) as teaches,
			(select count(*) from programs.module m join content.lesson n on n.agency_id = m.agency_id and n.module_id = m.id
				where m.agency_id = c.agency_id and m.version_id = c.version_id) as lessons,
			(select count(*) from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
				and r.status = any(${LEARNING}::text[])) as participants
		from classes.class c where c.agency_id = ${actor.agencyId} and c.id = ${classId}`.execute(db);
	const found = rows.rows[0];
	if (!found || !canSeeProgress(actor, found)) throw missing();
	const people = await sql<Progress>`
		select r.person_id as "personId", p.name, s.unit_name as unit, coalesce(w.read, 0) as read,
			t.pretest, t.posttest, coalesce(t.practices, 0) as practices, greatest(w.last, t.last) as "lastAt",
			count(*) filter (where w.last is null and t.last is null) over () as lost
		from classes.registration r
		join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
		left join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		left join lateral (select count(finished_at) as read, max(finished_at) as last from learning.lesson_view
			where agency_id = r.agency_id and class_id = r.class_id and person_id = r.person_id) w on true
		left join lateral (select
				max(floor(score * 100 / max_score)) filter (where purpose = 'pretest') as pretest,
				max(floor(score * 100 / max_score)) filter (where purpose = 'posttest') as posttest,
				count(*) filter (where purpose = 'practice' and finished_at is not null) as practices,
				max(coalesce(finished_at, started_at)) as last
			from learning.attempt where agency_id = r.agency_id and class_id = r.class_id and person_id = r.person_id) t on true
		where r.agency_id = ${actor.agencyId} and r.class_id = ${classId} and r.status = any(${LEARNING}::text[])
		order by read, (t.pretest is not null)::int + (t.posttest is not null)::int, p.name, r.person_id
		limit ${list.size} offset ${list.offset}`.execute(db);
	return { class: found, people: people.rows, lost: people.rows[0]?.lost ?? 0 };
}

/** Classes whose progress the actor may see, latest first: those they teach, or all for the office. */
export async function taughtClasses(db: Db, actor: Actor) {
	if (!canSeeProgress(actor, { teaches: true })) return [];
	const all = mayEverywhere(actor, 'learning.read');
	const rows = await sql<{
		id: string;
		name: string;
		startsOn: string;
		endsOn: string;
		participants: number;
	}>`
		select c.id, c.name, c.starts_on as "startsOn", c.ends_on as "endsOn",
			(select count(*) from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
				and r.status = any(${LEARNING}::text[])) as participants
		from classes.class c
		where c.agency_id = ${actor.agencyId} and c.status = any(${TAUGHT}::text[])
			and (${all} or exists (select from classes.session s where s.agency_id = c.agency_id and s.class_id = c.id
				and exists (select from classes.session_facilitator f where f.agency_id = s.agency_id and f.session_id = s.id
				and f.person_id = ${actor.personId})))
		order by c.starts_on desc, c.id limit 100`.execute(db);
	return rows.rows;
}
