import { sql } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { latestVerdicts } from '#slices/impact/public.server.ts';
import { hoursByUnit } from '#slices/reports/public.server.ts';

export type PlanWaiting = {
	id: string;
	title: string;
	year: number;
	status: string;
	lines: number;
	cost: number;
	budget: number;
};

/** Hasil: is the service better because of this money? Verdicts, people reached, money, and what waits for one's own signature. */
export async function resultsHome(db: Db, actor: Actor, today: string) {
	const hours = await hoursByUnit(db, actor, Number(today.slice(0, 4)), null);
	const mine = [
		...(hasAbility(actor, 'plans.approve') ? ['submitted'] : []),
		...(hasAbility(actor, 'plans.decree') ? ['approved'] : [])
	];
	const plans = await sql<PlanWaiting>`
		select p.id, p.title, p.year, p.status, p.budget, count(l.id)::int as lines, coalesce(sum(l.cost), 0) as cost
		from plans.plan p left join plans.line l on l.agency_id = p.agency_id and l.plan_id = p.id
		where p.agency_id = platform.current_agency() and (p.status = 'decreed' or p.status = any(${mine}::text[]))
		group by p.agency_id, p.id order by (p.status = 'decreed'), p.year desc, p.created_at desc limit 6`.execute(
		db
	);
	return {
		people: hours.reduce((sum, unit) => sum + unit.people, 0),
		reached: hours.reduce((sum, unit) => sum + unit.reached, 0),
		verdicts: await latestVerdicts(db),
		plans: plans.rows
	};
}
