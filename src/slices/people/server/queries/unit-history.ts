import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { fullNameOf } from './as-of.ts';

/** What happened to a unit; `what` is said by the screen. */
export type UnitHappening = {
	on: string;
	what:
		| 'named'
		| 'moved'
		| 'head'
		| 'vacant'
		| 'acting'
		| 'actingEnds'
		| 'merged'
		| 'tookIn'
		| 'split'
		| 'cameFrom'
		| 'closed';
	text: string | null;
	detail: string | null;
	unitId: string | null;
	personId: string | null;
};

/** Names, places, heads, acting heads, and units before and after, newest first. The caller asked who may read it. */
export async function unitHistory(db: Db, unitId: string): Promise<UnitHappening[]> {
	const here = sql`agency_id = (select platform.current_agency())`;
	const { rows } = await sql<UnitHappening>`
		with versions as (
			select v.*, lag(v.name) over w as old_name, lag(v.parent_id) over w as old_parent, row_number() over w as nth
			from people.unit_version v where v.${here} and v.unit_id = ${unitId} window w as (order by v.valid_from)
		)
		select valid_from as on, 'named' as what, name as text, old_name as detail, null::uuid as "unitId", null::uuid as "personId"
		from versions where nth > 1 and name is distinct from old_name
		union all
		select v.valid_from, 'moved', u.name, null, u.id, null from versions v
		left join people.unit u on u.${here} and u.id = v.parent_id where nth > 1 and v.parent_id is distinct from v.old_parent
		union all
		select h.valid_from, case when h.person_id is null then 'vacant' else 'head' end, ${fullNameOf('p')}, null, null, p.id
		from people.headship h left join people.person p on p.agency_id = h.agency_id and p.id = h.person_id
		where h.${here} and h.unit_id = ${unitId}
		union all
		select a.valid_from, 'acting', ${fullNameOf('p')}, a.holding, null, p.id
		from people.assignment a join people.person p on p.agency_id = a.agency_id and p.id = a.person_id
		where a.${here} and a.unit_id = ${unitId} and a.is_head
		union all
		select a.valid_to, 'actingEnds', ${fullNameOf('p')}, a.holding, null, p.id
		from people.assignment a join people.person p on p.agency_id = a.agency_id and p.id = a.person_id
		where a.${here} and a.unit_id = ${unitId} and a.is_head and a.valid_to is not null
		union all
		select l.on_date, case l.kind when 'merge' then 'merged' else 'split' end, u.name, null, u.id, null
		from people.unit_lineage l join people.unit u on u.agency_id = l.agency_id and u.id = l.successor_id
		where l.${here} and l.predecessor_id = ${unitId}
		union all
		select l.on_date, case l.kind when 'merge' then 'tookIn' else 'cameFrom' end, u.name, null, u.id, null
		from people.unit_lineage l join people.unit u on u.agency_id = l.agency_id and u.id = l.predecessor_id
		where l.${here} and l.successor_id = ${unitId}
		union all
		select u.valid_to, 'closed', null, null, null, null from people.unit u
		where u.${here} and u.id = ${unitId} and u.valid_to is not null
		order by 1 desc, 2`.execute(db);
	return rows;
}

export type WaitingOrder = {
	id: string;
	kind: string;
	on: string;
	status: string;
	failure: string | null;
	reason: string;
	orderNumber: string | null;
};

/** Orders of a unit that wait for their day, or that something stood against. */
export async function unitOrders(db: Db, unitId: string): Promise<WaitingOrder[]> {
	const { rows } = await sql<WaitingOrder>`
		select r.id, r.kind, r.effective_on as on, r.status, r.failure, r.reason, r.order_number as "orderNumber"
		from people.reorganisation r
		where r.agency_id = (select platform.current_agency()) and r.unit_id = ${unitId} and r.status in ('planned', 'failed')
		order by r.effective_on, r.id`.execute(db);
	return rows;
}

export type Assignment = {
	id: string;
	personId: string;
	name: string;
	holding: string;
	title: string;
	isHead: boolean;
	from: string;
	to: string | null;
	orderNumber: string;
};

/** Who stands in or holds an additional post in a unit, now or later. */
export async function unitAssignments(db: Db, unitId: string, today: string): Promise<Assignment[]> {
	const { rows } = await sql<Assignment>`
		select a.id, a.person_id as "personId", ${fullNameOf('p')} as name, a.holding, a.title, a.is_head as "isHead",
			a.valid_from as "from", a.valid_to as "to", a.order_number as "orderNumber"
		from people.assignment a join people.person p on p.agency_id = a.agency_id and p.id = a.person_id
		where a.agency_id = (select platform.current_agency()) and a.unit_id = ${unitId} and (a.valid_to is null or a.valid_to > ${today}::date)
		order by a.valid_from, a.id`.execute(db);
	return rows;
}

export type Minimum = {
	id: string;
	roleName: string;
	weekdays: number;
	from: string;
	to: string;
	people: number;
};

/** How many a unit's counter needs at least; the class scheduler reads the same. */
export async function minimumStaffOf(db: Db, unitId: string): Promise<Minimum[]> {
	const { rows } = await sql<Minimum>`
		select m.id, m.role_name as "roleName", m.weekdays::int as weekdays, to_char(m.from_time, 'HH24:MI') as "from",
			to_char(m.to_time, 'HH24:MI') as "to", m.people::int as people
		from people.minimum_staff m
		where m.agency_id = (select platform.current_agency()) and m.unit_id = ${unitId}
		order by m.from_time, m.role_name, m.id`.execute(db);
	return rows;
}
