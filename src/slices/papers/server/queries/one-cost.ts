import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadCosts } from '../../access.ts';
import { costsOfClass } from './costs.ts';

/** One step in the life of a cost, from the audit trail: what was planned or spent then. */
export type CostStep = {
	id: string;
	command: string;
	at: Date;
	by: string | null;
	/** Null on lines from before the trail kept figures. */
	quantity: number | null;
	unitWord: string | null;
	rate: number | null;
};

/** One item of what a class costs, how it came to stand so, and what its plan line leaves for it. Refuses: missing. */
export async function costOf(db: Db, actor: Actor, classId: string, costId: string) {
	if (!canReadCosts(actor)) throw missing();
	const { costs, hours, can } = await costsOfClass(db, actor, classId);
	const cost = costs.find(({ id }) => id === costId);
	if (!cost) throw missing();
	return {
		cost,
		hours,
		can,
		line: await lineOf(db, actor, classId, costId),
		steps: await stepsOf(db, actor, costId)
	};
}

export type LineOfCost = { title: string; cost: number; others: number };

/** The plan line that pays for the class, and what all its classes plan to spend beside this item. */
async function lineOf(db: Db, actor: Actor, classId: string, costId: string): Promise<LineOfCost | null> {
	const { rows } = await sql<LineOfCost>`
		select p.title, l.cost, (
			select coalesce(sum(k.planned_amount), 0) from classes.class o
			join papers.cost k on k.agency_id = o.agency_id and k.class_id = o.id
			where o.agency_id = c.agency_id and o.plan_line_id = c.plan_line_id and o.status <> 'cancelled' and k.id <> ${costId}) as others
		from classes.class c join plans.line l on l.agency_id = c.agency_id and l.id = c.plan_line_id
		join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id
		where c.agency_id = ${actor.agencyId} and c.id = ${classId}`.execute(db);
	return rows[0] ?? null;
}

async function stepsOf(db: Db, actor: Actor, costId: string): Promise<CostStep[]> {
	const { rows } = await sql<CostStep>`
		select a.id, a.command, a.at, p.name as by, (a.subject ->> 'quantity')::numeric as quantity, a.subject ->> 'unitWord' as "unitWord",
			(a.subject ->> 'rate')::bigint as rate
		from platform.audit a left join people.person p on p.agency_id = a.agency_id and p.id = a.person_id
		where a.agency_id = ${actor.agencyId} and a.subject ->> 'costId' = ${costId}
		order by a.at desc, a.id desc limit 100`.execute(db);
	return rows;
}
