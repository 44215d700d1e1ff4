import { sql } from 'kysely';
import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { keepsHouse } from '../../access.ts';
import { replaceSupervisors } from '../evaluation-raters.ts';

/**
 * Gives every plan that still needs a supervisor to the one of today: the one before left or moved, or its writer did.
 * Whoever still leads a unit above keeps it (a head above decided in their place). Who has no supervisor today keeps one who still works here; else the plan waits for whoever decides in the unit. Runs
 * with each day, after each import and each order that holds at once, so that nobody's plan waits for somebody who is gone;
 * what the supervisor was asked to rate goes the same way.
 */
export const reassignPlans = command(
	'followup.reassign',
	z.object({}),
	async ({ tx, actor, now, today, permit, record, note }) => {
		permit(keepsHouse(actor));
		const moved = await sql<{ actionPlanId: string; fromId: string | null; toId: string | null }>`
			with wanted as (
				select p.agency_id, p.id, p.supervisor_id as from_id, coalesce(s.supervisor_id, case when b.active then b.id end) as to_id
				from followup.action_plan p
				join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id
				left join people.person b on b.agency_id = p.agency_id and b.id = p.supervisor_id
				where p.agency_id = ${actor.agencyId}
					and not (b.active is true and exists (
						select from people.unit u
						where u.agency_id = p.agency_id and u.path @> s.unit_path and b.id in (u.head_person_id, u.acting_person_id, u.leader_person_id)
					))
					and (p.status in ('submitted', 'approved', 'running') or (p.status = 'done' and (p.project is not null
						or exists (select from followup.check_in k where k.agency_id = p.agency_id and k.action_plan_id = p.id and k.answered_at is null))))
			)
			update followup.action_plan p set supervisor_id = w.to_id
			from wanted w
			where p.agency_id = w.agency_id and p.id = w.id and w.to_id is distinct from w.from_id and w.to_id is distinct from p.person_id
			returning p.id as "actionPlanId", w.from_id as "fromId", w.to_id as "toId"`.execute(tx);
		if (moved.rows.length > 0)
			await sql`
				insert into followup.reassignment (agency_id, id, action_plan_id, from_id, to_id, at)
				select ${actor.agencyId}, r.*, ${now}::timestamptz
				from unnest(${moved.rows.map(() => newId())}::uuid[], ${moved.rows.map((row) => row.actionPlanId)}::uuid[],
					${moved.rows.map((row) => row.fromId)}::uuid[], ${moved.rows.map((row) => row.toId)}::uuid[]) r`.execute(tx);
		for (const { actionPlanId, toId } of moved.rows)
			if (toId !== null) record('followup.supervisorChanged', { actionPlanId });
		const evaluations = await replaceSupervisors(tx, today);
		if (evaluations > 0) record('followup.ratersReplaced', { on: today });
		note({ plans: moved.rows.length, evaluations });
		return { plans: moved.rows.length, evaluations };
	},
	{ summary: 'Give plans and evaluations to the supervisor of today; the system does it each day' }
);
