import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';

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
		where s.agency_id = ${actor.agencyId} and s.nip is not null and (s.post_title ilike 'widyaiswara%'
			or s.person_id in (select x.facilitator_id from classes.session x where x.agency_id = ${actor.agencyId}))
		order by s.name limit 200`.execute(db);
	return rows.rows;
}
