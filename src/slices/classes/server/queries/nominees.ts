import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canManage, canWithdraw } from '../../access.ts';
import { busyElsewhere } from '../overlap.ts';
import { lastSent } from './equity.ts';

type Row = {
	person_id: string;
	name: string;
	post: string;
	unit: string;
	/** Levels missing in what the class teaches. */
	gap: number | null;
	competency: string | null;
	/** The supervisor agreed to it in this year's individual plan. */
	in_plan: boolean;
	last_sent: string | null;
	total: number;
};

/**
 * People in the actor's reach whom this class is for and who neither asked nor have a place: below the standard in what
 * it teaches, or with it in their agreed individual plan. Largest gap first, then who was never sent, then who was sent
 * longest ago. `busy` names another class at that time.
 */
export async function nomineesOf(
	db: Db,
	actor: Actor,
	it: { id: string; zone: string },
	slice: { limit: number; offset: number }
) {
	const rows = await sql<Row>`
		with c as (
			select c.*, (select l.unit_id from plans.line l where l.agency_id = c.agency_id and l.id = c.plan_line_id) as line_unit_id,
				coalesce((select l.campaign_id from plans.line l where l.agency_id = c.agency_id and l.id = c.plan_line_id), (
					select n.id from needs.campaign n where n.agency_id = c.agency_id and n.status <> 'draft'
					order by n.year desc, n.created_at desc limit 1)) as campaign_id
			from classes.class c where c.agency_id = ${actor.agencyId} and c.id = ${it.id}
		),
		taught as (
			select distinct o.competency_id from c join programs.outcome o on o.agency_id = c.agency_id and o.version_id = c.version_id
		),
		lacking as (
			select distinct on (g.person_id) g.person_id, g.gap, p.name as competency
			from c join needs.gap g on g.agency_id = c.agency_id and g.campaign_id = c.campaign_id and g.gap > 0
			join taught t on t.competency_id = g.competency_id
			join competencies.competency p on p.agency_id = g.agency_id and p.id = g.competency_id
			order by g.person_id, g.gap desc, p.sort
		),
		agreed as (
			select distinct i.person_id
			from c join needs.idp i on i.agency_id = c.agency_id and i.status = 'agreed' and i.year = extract(year from c.starts_on)
			join needs.idp_line l on l.agency_id = i.agency_id and l.idp_id = i.id
			join taught t on t.competency_id = l.competency_id
		),
		found as (
			select s.person_id, s.name, s.post_title, s.unit_name, x.gap, x.competency, a.person_id is not null as in_plan
			from c
			join people.staff s on s.agency_id = c.agency_id
			left join lacking x on x.person_id = s.person_id
			left join agreed a on a.person_id = s.person_id
			left join people.unit w on w.agency_id = c.agency_id and w.id = c.line_unit_id
			where (x.person_id is not null or a.person_id is not null) and s.person_id is distinct from ${actor.personId}::uuid
				and (w.id is null or s.unit_path <@ w.path)
				and (${canManage(actor)}::boolean or s.supervisor_id = ${actor.personId}::uuid or ${inScope(actor, 'classes.approveTeam', 's.unit_path')})
				and not exists (select from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
					and r.person_id = s.person_id and r.status not in ('rejected', 'withdrawn'))
		)
		select f.person_id, f.name, f.post_title as post, f.unit_name as unit, f.gap, f.competency, f.in_plan, l.last_sent, count(*) over ()::int as total
		from found f cross join c
		cross join lateral (select ${lastSent(sql`f.person_id`)} as last_sent) l
		order by f.gap desc nulls last, l.last_sent nulls first, f.name, f.person_id
		limit ${slice.limit} offset ${slice.offset}`.execute(db);
	const busy = await busyElsewhere(
		db,
		actor.agencyId,
		it.id,
		rows.rows.map((row) => row.person_id),
		it.zone
	);
	const clashes = new Map(busy.map((clash) => [clash.personId, clash.other]));
	return {
		nominees: rows.rows.map(({ total: _total, ...row }) => ({
			...row,
			busy: clashes.get(row.person_id) ?? null
		})),
		total: rows.rows[0]?.total ?? 0
	};
}

export type Colleague = {
	person_id: string;
	name: string;
	post: string;
	unit: string;
	same_kind: boolean;
	busy: string | null;
};

/**
 * Who could come in somebody's seat: colleagues of the same unit whom the actor may send, the same kind of post first;
 * whoever has a place in the class already is not among them. `busy` names another class at that time.
 */
export async function replacementsFor(
	db: Db,
	actor: Actor,
	it: { classId: string; personId: string; zone: string }
): Promise<Colleague[]> {
	const rows = await sql<Omit<Colleague, 'busy'>>`
		select s.person_id, s.name, s.post_title as post, s.unit_name as unit, s.post_kind = o.post_kind as same_kind
		from people.staff o
		join people.staff s on s.agency_id = o.agency_id and s.unit_id = o.unit_id and s.person_id <> o.person_id
		where o.agency_id = ${actor.agencyId} and o.person_id = ${it.personId} and s.person_id is distinct from ${actor.personId}::uuid
			and (${canManage(actor)}::boolean or s.supervisor_id = ${actor.personId}::uuid or ${inScope(actor, 'classes.approveTeam', 's.unit_path')})
			and not exists (select from classes.registration r where r.agency_id = s.agency_id and r.class_id = ${it.classId}
				and r.person_id = s.person_id and r.status in ('offered', 'enrolled', 'passed', 'failed'))
		order by same_kind desc, s.name, s.person_id limit 100`.execute(db);
	const busy = await busyElsewhere(
		db,
		actor.agencyId,
		it.classId,
		rows.rows.map((row) => row.person_id),
		it.zone
	);
	const clashes = new Map(busy.map((clash) => [clash.personId, clash.other]));
	return rows.rows.map((row) => ({ ...row, busy: clashes.get(row.person_id) ?? null }));
}

/** The seat that somebody would come in: held or offered, and the actor may give it back for its person; else undefined. */
export async function seatToPassOn(
	db: Db,
	actor: Actor,
	classId: string,
	registrationId: string
): Promise<{ id: string; personId: string; name: string } | undefined> {
	const rows = await sql<{
		id: string;
		personId: string;
		name: string;
		unitPath: string | null;
		supervisorId: string | null;
	}>`
		select r.id, r.person_id as "personId", p.name, s.unit_path::text as "unitPath", s.supervisor_id as "supervisorId"
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status in ('open', 'running')
		join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
		left join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		where r.agency_id = ${actor.agencyId} and r.class_id = ${classId} and r.id = ${registrationId} and r.status in ('enrolled', 'offered')`.execute(
		db
	);
	const [row] = rows.rows;
	if (!row || row.personId === actor.personId || !canWithdraw(actor, row)) return undefined;
	return { id: row.id, personId: row.personId, name: row.name };
}
