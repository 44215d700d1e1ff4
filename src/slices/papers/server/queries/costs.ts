import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canIssue, canReadCosts } from '../../access.ts';
import { costKind } from '../../model.ts';

type CostRow = {
	id: string;
	kind: string;
	description: string;
	person: string | null;
	nip: string | null;
	unit_word: string;
	planned_quantity: number;
	planned_rate: number;
	planned_amount: number;
	realised_quantity: number | null;
	realised_rate: number | null;
	realised_amount: number | null;
	evidence: string;
	planned_by_name: string;
	planned_at: Date;
	realised_by_name: string | null;
	realised_at: Date | null;
};

export type TeachingHours = {
	person_id: string;
	name: string;
	nip: string | null;
	sessions: number;
	/** jamlator: JP of all sessions, and of those whose sheet has been filled. */
	planned: number;
	realised: number;
};

/** What a class was to cost and what it cost, item by item, and the hours of its teachers. Refuses: missing. */
export async function costsOfClass(db: Db, actor: Actor, classId: string) {
	if (!canReadCosts(actor)) throw missing();
	const items = await sql<CostRow>`
		select k.id, k.kind, k.description, coalesce(p.front_title || ' ', '') || p.name || coalesce(', ' || p.back_title, '') as person, p.nip,
			k.unit_word, k.planned_quantity, k.planned_rate, k.planned_amount, k.realised_quantity, k.realised_rate, k.realised_amount, k.evidence,
			k.planned_by_name, k.planned_at, k.realised_by_name, k.realised_at
		from papers.cost k left join people.person p on p.agency_id = k.agency_id and p.id = k.person_id
		where k.agency_id = ${actor.agencyId} and k.class_id = ${classId} order by k.kind, k.planned_at, k.id limit 300`.execute(
		db
	);
	const line = await sql<{ cost: number; classes: number; title: string }>`
		select l.cost, p.title, (select count(*)::int from classes.class o where o.agency_id = c.agency_id and o.plan_line_id = c.plan_line_id
			and o.status <> 'cancelled') as classes
		from classes.class c join plans.line l on l.agency_id = c.agency_id and l.id = c.plan_line_id
		join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id
		where c.agency_id = ${actor.agencyId} and c.id = ${classId}`.execute(db);
	const costs = items.rows.map((row) => ({ ...row, kind: costKind(row.kind) }));
	return {
		costs,
		plan: line.rows[0] ?? null,
		planned: costs.reduce((sum, one) => sum + one.planned_amount, 0),
		realised: costs.reduce((sum, one) => sum + (one.realised_amount ?? 0), 0),
		open: costs.filter(({ realised_amount }) => realised_amount === null).length,
		hours: await teachingHours(db, actor, classId),
		can: { edit: canIssue(actor) }
	};
}

async function teachingHours(db: Db, actor: Actor, classId: string): Promise<TeachingHours[]> {
	const { rows } = await sql<TeachingHours>`
		select p.id as person_id, coalesce(p.front_title || ' ', '') || p.name || coalesce(', ' || p.back_title, '') as name, p.nip,
			count(*)::int as sessions, coalesce(sum(s.learning_hours), 0) as planned,
			coalesce(sum(s.learning_hours) filter (where exists (select from classes.attendance x
				where x.agency_id = s.agency_id and x.session_id = s.id)), 0) as realised
		from classes.session s
		join classes.session_facilitator f on f.agency_id = s.agency_id and f.session_id = s.id and f.cancelled_at is null
		join people.person p on p.agency_id = f.agency_id and p.id = f.person_id
		where s.agency_id = ${actor.agencyId} and s.class_id = ${classId} and s.cancelled_at is null
		group by p.agency_id, p.id order by p.name`.execute(db);
	return rows;
}

/** Classes of a year with what they were to cost and cost: where money lies idle or runs out. Refuses: missing. */
export async function costsOfYear(
	db: Db,
	actor: Actor,
	year: number,
	{ size, offset }: { size: number; offset: number }
) {
	if (!canReadCosts(actor)) throw missing();
	const { rows } = await sql<{
		id: string;
		code: string;
		name: string;
		starts_on: string;
		planned: number;
		realised: number;
		total: number;
		all_planned: number;
		all_realised: number;
	}>`
		select *, count(*) over ()::int as total, sum(planned) over () as all_planned, sum(realised) over () as all_realised from (
			select c.id, c.code, c.name, c.starts_on, coalesce(sum(k.planned_amount), 0) as planned, coalesce(sum(k.realised_amount), 0) as realised
			from classes.class c join papers.cost k on k.agency_id = c.agency_id and k.class_id = c.id
			where c.agency_id = ${actor.agencyId} and c.starts_on >= make_date(${year}, 1, 1) and c.starts_on <= make_date(${year}, 12, 31)
			group by c.agency_id, c.id
		) t order by starts_on desc, id limit ${size} offset ${offset}`.execute(db);
	return {
		total: rows[0]?.total ?? 0,
		planned: rows[0]?.all_planned ?? 0,
		realised: rows[0]?.all_realised ?? 0,
		classes: rows.map(({ total: _, all_planned: _p, all_realised: _r, ...row }) => row)
	};
}

export type SpentOnClass = { classId: string; realised: number; open: number };

/** What finished classes cost, and how many of their items nobody has entered yet. Asks nobody's permission. */
export async function spentOnClasses(db: Db): Promise<SpentOnClass[]> {
	const { rows } = await sql<SpentOnClass>`
		select k.class_id as "classId", coalesce(sum(k.realised_amount), 0)::float8 as realised,
			(count(*) filter (where k.realised_amount is null))::int as open
		from papers.cost k join classes.class c on c.agency_id = k.agency_id and c.id = k.class_id
		where k.agency_id = (select platform.current_agency()) and c.status = 'finished'
		group by k.class_id`.execute(db);
	return rows;
}
