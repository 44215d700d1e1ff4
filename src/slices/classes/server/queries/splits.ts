import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canSplit } from '../../cohort-access.ts';

export type SplitRow = {
	id: string;
	program: string;
	status: string;
	classes: number;
	people: number;
	placed: number;
	created_at: Date;
};

/** Splits of the agency, latest first. Refuses: missing. */
export async function splitsOf(db: Db, actor: Actor, slice: { limit: number; offset: number }) {
	if (!canSplit(actor)) throw missing();
	const { rows } = await sql<SplitRow & { total: number }>`
		select s.id, g.name as program, s.status, s.created_at, count(*) over ()::int as total,
			(select count(*)::int from classes.split_class k where k.agency_id = s.agency_id and k.split_id = s.id) as classes,
			(select count(*)::int from classes.split_person p where p.agency_id = s.agency_id and p.split_id = s.id) as people,
			(select count(p.class_id)::int from classes.split_person p where p.agency_id = s.agency_id and p.split_id = s.id) as placed
		from classes.split s join programs.program g on g.agency_id = s.agency_id and g.id = s.program_id
		where s.agency_id = ${actor.agencyId}
		order by s.created_at desc, s.id limit ${slice.limit} offset ${slice.offset}`.execute(db);
	return { splits: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
}

export type ProgramToSplit = {
	program_id: string;
	program: string;
	line_id: string | null;
	unit: string | null;
	classes: number;
	seats: number;
	asking: number;
};

/** Programs, by plan line, with classes that still take people. Refuses: missing. */
export async function programsToSplit(db: Db, actor: Actor): Promise<ProgramToSplit[]> {
	if (!canSplit(actor)) throw missing();
	const { rows } = await sql<ProgramToSplit>`
		select g.id as program_id, g.name as program, c.plan_line_id as line_id, u.name as unit, count(*)::int as classes,
			sum(c.seats)::int as seats, sum(r.asking)::int as asking
		from classes.class c
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		left join plans.line l on l.agency_id = c.agency_id and l.id = c.plan_line_id
		left join people.unit u on u.agency_id = l.agency_id and u.id = l.unit_id
		cross join lateral (select count(*)::int as asking from classes.registration r
			where r.agency_id = c.agency_id and r.class_id = c.id and r.status in ('requested', 'approved', 'waiting')) r
		where c.agency_id = ${actor.agencyId} and c.status in ('planned', 'open')
		group by g.id, g.name, c.plan_line_id, u.name
		order by sum(r.asking) desc, g.name limit 200`.execute(db);
	return rows;
}

export type ClassToSplit = {
	id: string;
	code: string;
	name: string;
	starts_on: string;
	ends_on: string;
	seats: number;
	enrolled: number;
	asking: number;
};

/** What a new split starts from: the program with its classes, and how many the line's survey found below the level. */
export async function splitChoices(
	db: Db,
	actor: Actor,
	asked: { programId: string; lineId: string | null }
) {
	if (!canSplit(actor)) throw missing();
	const program = await db
		.selectFrom('programs.program')
		.select(['id', 'name'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', asked.programId)
		.executeTakeFirst();
	if (!program) throw missing();
	const { rows: classes } = await sql<ClassToSplit>`
		select c.id, c.code, c.name, c.starts_on, c.ends_on, c.seats,
			count(r.id) filter (where r.status in ('enrolled', 'passed', 'failed'))::int as enrolled,
			count(r.id) filter (where r.status in ('requested', 'approved', 'waiting'))::int as asking
		from classes.class c
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id and v.program_id = ${asked.programId}
		left join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id
		where c.agency_id = ${actor.agencyId} and c.status in ('planned', 'open')
		group by c.agency_id, c.id order by c.starts_on, c.code limit 60`.execute(db);
	const { rows } = await sql<{ people: number }>`
		select count(*)::int as people from plans.line l
		join needs.gap g on g.agency_id = l.agency_id and g.campaign_id = l.campaign_id and g.competency_id = l.competency_id and g.gap > 0
		where l.agency_id = ${actor.agencyId} and l.id = ${asked.lineId}::uuid
			and (l.unit_id is null or g.unit_id in (select u.id from people.unit u join people.unit top on top.agency_id = u.agency_id and top.id = l.unit_id
				where u.agency_id = ${actor.agencyId} and u.path <@ top.path))`.execute(db);
	return { program, lineId: asked.lineId, classes, below: rows[0]?.people ?? 0 };
}

/** Kecamatan of the agency: where a class can meet. */
export async function districts(db: Db, actor: Actor): Promise<{ id: string; name: string }[]> {
	return db
		.selectFrom('people.unit')
		.select(['id', 'name'])
		.where('agency_id', '=', actor.agencyId)
		.where('kind', '=', 'kecamatan')
		.where('valid_to', 'is', null)
		.orderBy('name')
		.limit(300)
		.execute();
}
