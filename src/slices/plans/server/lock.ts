import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { planStatus, type Plan } from '../model.ts';
import type { LastStep, Totals } from '../rules.ts';

export type LockedPlan = Plan & { year: number; last: LastStep | null };

/** The plan, held until the transaction ends, with who moved it last. Refuses: missing. */
export async function lockPlan(tx: Tx, agencyId: string, planId: string): Promise<LockedPlan> {
	const plan = await tx
		.selectFrom('plans.plan')
		.select(['id', 'status', 'budget', 'year'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', planId)
		.forUpdate()
		.executeTakeFirst();
	if (!plan) throw missing();
	return { ...plan, status: planStatus(plan.status), last: await lastStep(tx, agencyId, planId) };
}

/** The plan of a line, held; and the line itself. Refuses: missing. */
export async function lockLine(tx: Tx, agencyId: string, lineId: string) {
	const line = await tx
		.selectFrom('plans.line')
		.select(['id', 'plan_id'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', lineId)
		.executeTakeFirst();
	if (!line) throw missing();
	const plan = await lockPlan(tx, agencyId, line.plan_id);
	// Between the look and the lock somebody may have removed the line.
	const held = await tx
		.selectFrom('plans.line')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('id', '=', lineId)
		.forUpdate()
		.executeTakeFirst();
	if (!held) throw missing();
	return { plan, line: { id: line.id } };
}

async function lastStep(db: Db, agencyId: string, planId: string): Promise<LastStep | null> {
	const found = await sql<LastStep>`
		select coalesce(p.name, '—') as who, to_char(h.at at time zone a.time_zone, 'YYYY-MM-DD"T"HH24:MI') as when
		from plans.history h
		join platform.agency a on a.agency_id = h.agency_id
		left join people.person p on p.agency_id = h.agency_id and p.id = h.changed_by
		where h.agency_id = ${agencyId} and h.plan_id = ${planId}
		order by h.at desc, h.id desc limit 1`.execute(db);
	return found.rows[0] ?? null;
}

/** Sums of all lines of a plan; numeric columns arrive as numbers (platform/db/db.ts). */
export async function totalsOf(db: Db, agencyId: string, planId: string): Promise<Totals> {
	const sums = await sql<Totals>`
		select count(*)::int as lines, coalesce(sum(seats), 0)::int as seats, coalesce(sum(cost), 0) as cost,
			coalesce(sum(seats * learning_hours), 0) as "learningHours",
			count(*) filter (where campaign_id is null)::int as breaks
		from plans.line where agency_id = ${agencyId} and plan_id = ${planId}`.execute(db);
	return sums.rows[0] ?? { lines: 0, seats: 0, cost: 0, learningHours: 0, breaks: 0 };
}
