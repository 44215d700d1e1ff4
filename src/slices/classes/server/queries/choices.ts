import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';
import { mayTeach } from '../teachers.ts';

export type LineChoice = {
	id: string;
	plan: string;
	year: number;
	program_id: string;
	program: string;
	unit: string | null;
	quarter: number;
	seats: number;
	attendance_percent: number;
	/** Seats of the classes that carry it out so far. */
	planned_seats: number;
};

/** What a new class can carry out: lines of decreed plans, those with seats left first. Refuses: missing. */
export async function linesToHold(db: Db, actor: Actor): Promise<LineChoice[]> {
	if (!canManage(actor)) throw missing();
	const rows = await sql<LineChoice>`
		select l.id, p.title as plan, p.year, l.program_id, g.name as program, g.attendance_percent, u.name as unit, l.quarter, l.seats,
			held.planned_seats
		from plans.line l
		join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id and p.status = 'decreed'
		join programs.program g on g.agency_id = l.agency_id and g.id = l.program_id
		left join people.unit u on u.agency_id = l.agency_id and u.id = l.unit_id
		cross join lateral (
			select coalesce(sum(c.seats), 0)::int as planned_seats from classes.class c
			where c.agency_id = l.agency_id and c.plan_line_id = l.id and c.status <> 'cancelled') held
		where l.agency_id = ${actor.agencyId}
		order by held.planned_seats >= l.seats, p.year desc, l.quarter, l.sort limit 500`.execute(db);
	return rows.rows;
}

/** Programs with a curriculum in force: what a class outside the plan can teach. */
export async function programsInForce(db: Db, actor: Actor) {
	if (!canManage(actor)) throw missing();
	return db
		.selectFrom('programs.program')
		.select(['id', 'code', 'name', 'form'])
		.where('agency_id', '=', actor.agencyId)
		.where('version_id', 'is not', null)
		.orderBy('name')
		.limit(500)
		.execute();
}

export const modulesOfVersion = (db: Db, actor: Actor, versionId: string) =>
	db
		.selectFrom('programs.module')
		.select(['id', 'name', 'learning_hours'])
		.where('agency_id', '=', actor.agencyId)
		.where('version_id', '=', versionId)
		.orderBy('sort')
		.limit(200)
		.execute();

/** Whom to suggest as facilitator: who has taught before, and the public trainers (widyaiswara) by their post. */
export async function facilitatorChoices(
	db: Db,
	actor: Actor
): Promise<{ nip: string; name: string; post: string }[]> {
	if (!canManage(actor)) throw missing();
	const rows = await sql<{ nip: string; name: string; post: string }>`
		select s.nip, s.name, s.post_title as post from people.staff s
		where s.agency_id = ${actor.agencyId} and s.nip is not null and ${mayTeach('s')}
		order by s.name limit 200`.execute(db);
	return rows.rows;
}

/** Whom to suggest to answer for a class: who answers for one, and oneself. Refuses: missing. */
export async function ownerChoices(
	db: Db,
	actor: Actor
): Promise<{ nip: string; name: string; post: string }[]> {
	if (!canManage(actor)) throw missing();
	const rows = await sql<{ nip: string; name: string; post: string }>`
		select s.nip, s.name, s.post_title as post from people.staff s
		where s.agency_id = ${actor.agencyId} and s.nip is not null and (s.person_id = ${actor.personId}::uuid
			or s.person_id in (select c.owner_id from classes.class c where c.agency_id = ${actor.agencyId} and c.owner_id is not null))
		order by s.name limit 200`.execute(db);
	return rows.rows;
}

export type Substitute = { person_id: string; name: string; post: string; taught: number; month: number };

/**
 * Who could step in: taught before or a public trainer, and neither teaches nor attends anything at the time of the
 * session. First who has taught this program, then who has the fewest hours that month. Refuses: missing.
 */
export async function substitutesFor(db: Db, actor: Actor, sessionId: string): Promise<Substitute[]> {
	if (!canManage(actor)) throw missing();
	const rows = await sql<Substitute>`
		select * from (select p.person_id, p.name, p.post_title as post,
			(select count(*)::int from classes.session_facilitator f
				join classes.session x on x.agency_id = f.agency_id and x.id = f.session_id and x.cancelled_at is null
				join classes.class k on k.agency_id = x.agency_id and k.id = x.class_id
				join programs.version v on v.agency_id = k.agency_id and v.id = k.version_id
				where f.agency_id = p.agency_id and f.person_id = p.person_id and v.program_id = g.program_id) as taught,
			coalesce((select (sum(extract(epoch from t.ends_at - t.starts_at)) / 3600)::float8 from classes.seat_time t
				where t.agency_id = p.agency_id and t.person_id = p.person_id and t.teaches
					and t.starts_at >= s.starts_at - interval '15 days' and t.starts_at < s.starts_at + interval '15 days'), 0) as month
		from classes.session s
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join programs.version g on g.agency_id = c.agency_id and g.id = c.version_id
		join people.staff p on p.agency_id = s.agency_id and ${mayTeach('p')}
		where s.agency_id = ${actor.agencyId} and s.id = ${sessionId}
			and not exists (select from classes.seat_time t where t.agency_id = p.agency_id and t.person_id = p.person_id
				and tstzrange(t.starts_at, t.ends_at) && tstzrange(s.starts_at, s.ends_at))
			and not exists (select from classes.session_facilitator f where f.agency_id = s.agency_id and f.session_id = s.id
				and f.person_id = p.person_id and f.cancelled_at is not null)
		) x order by x.taught = 0, x.month, x.name limit 12`.execute(db);
	return rows.rows;
}
