import { sql } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { commonestObstacles } from '#slices/followup/public.server.ts';
import { verdictsOfUnit } from '#slices/impact/public.server.ts';
import { hoursByUnit } from '#slices/reports/public.server.ts';
import { waitingFor } from './team.ts';

export type UnitLine = {
	id: string;
	planId: string;
	program: string;
	goal: string;
	seats: number;
	classes: number;
};
export type UnitGap = {
	competencyId: string;
	competency: string;
	people: number;
	measured: number;
	mean: number;
};

/** Unit saya: what waits for its head, JP share, largest gaps, what the plan does for the unit, what is in the way at work, studies that measure it. */
export async function unitHome(db: Db, actor: Actor, today: string) {
	const unitId = actor.hat?.unitId ?? null;
	const { agencyId, personId } = actor;
	const hours = await hoursByUnit(db, actor, Number(today.slice(0, 4)), unitId);
	const gaps = await sql<UnitGap>`
		select c.id as "competencyId", c.name as competency, count(*) filter (where g.gap > 0)::int as people, count(g.gap)::int as measured,
			coalesce(round(avg(greatest(g.gap, 0)), 2), 0) as mean
		from people.unit top
		join people.unit u on u.agency_id = top.agency_id and u.path <@ top.path
		join needs.gap g on g.agency_id = u.agency_id and g.unit_id = u.id and g.gap is not null and g.campaign_id = (
			select id from needs.campaign where agency_id = u.agency_id and status <> 'draft' order by (status = 'closed') desc, year desc, created_at desc limit 1)
		join competencies.competency c on c.agency_id = g.agency_id and c.id = g.competency_id
		where top.agency_id = platform.current_agency() and top.id = ${unitId}
		group by c.id, c.name, c.sort having count(g.gap) >= 5 order by mean desc, c.sort limit 5`.execute(db);
	const lines = await sql<UnitLine>`
		select l.id, l.plan_id as "planId", g.name as program, l.unit_goal as goal, l.seats,
			(select count(*)::int from classes.class k where k.agency_id = l.agency_id and k.plan_line_id = l.id and k.status <> 'cancelled') as classes
		from people.unit top
		join people.unit u on u.agency_id = top.agency_id and (u.path <@ top.path or top.path <@ u.path)
		join plans.line l on l.agency_id = u.agency_id and l.unit_id = u.id
		join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id and p.status in ('approved', 'decreed')
		join programs.program g on g.agency_id = l.agency_id and g.id = l.program_id
		where top.agency_id = platform.current_agency() and top.id = ${unitId}
		order by p.year desc, l.sort limit 10`.execute(db);
	return {
		people: hours.reduce((sum, unit) => sum + unit.people, 0),
		reached: hours.reduce((sum, unit) => sum + unit.reached, 0),
		unitId,
		waiting: personId === null ? null : await waitingFor(db, { agencyId, personId }, today),
		gaps: gaps.rows,
		lines: lines.rows,
		obstacles: await commonestObstacles(db, actor, unitId),
		verdicts: await verdictsOfUnit(db, actor.hat?.unitPath ?? ''),
		can: { openStudy: hasAbility(actor, 'impact.read'), trace: hasAbility(actor, 'reports.trace') }
	};
}
