import { sql } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { yearResults } from '#slices/reports/public.server.ts';

export type PlanWaiting = {
	id: string;
	title: string;
	status: string;
	lines: number;
	cost: number;
};

/** Hasil: is the service better because of this money? The year's results, and what waits for one's own signature. */
export async function resultsHome(db: Db, actor: Actor, today: string) {
	const mine = [
		...(hasAbility(actor, 'plans.approve') ? ['submitted'] : []),
		...(hasAbility(actor, 'plans.decree') ? ['approved'] : [])
	];
	const waiting = await sql<PlanWaiting>`
		select p.id, p.title, p.status, count(l.id)::int as lines, coalesce(sum(l.cost), 0) as cost
		from plans.plan p left join plans.line l on l.agency_id = p.agency_id and l.plan_id = p.id
		where p.agency_id = platform.current_agency() and p.status = any(${mine}::text[])
		group by p.agency_id, p.id order by p.year desc, p.created_at desc limit 5`.execute(db);
	return { results: await yearResults(db, actor, Number(today.slice(0, 4))), waiting: waiting.rows };
}
