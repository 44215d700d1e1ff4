import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { USUAL_SETTING } from '../model.ts';
import { answeredDue, EARLY_DAYS } from '../rules.ts';

/**
 * Lays down when check-ins of approved plans fall due: so many days after the class as the setting of the program says,
 * or that of the agency, or the usual ones. Days that had passed when the plan was approved are left out; had all of
 * them, one is asked a month after approval. One statement for any number of plans.
 */
export async function layDues(tx: Tx, actionPlanIds: readonly string[]): Promise<void> {
	await sql`
		insert into followup.check_in_due (agency_id, action_plan_id, days, due_on)
		select d.agency_id, d.id, d.days, greatest(d.ends_on + d.days, case when d.days = d.last then d.decided_on + 30 end)
		from (
			select p.agency_id, p.id, c.ends_on, p.decided_at::date as decided_on, n.days, max(n.days) over (partition by p.id) as last
			from followup.action_plan p
			join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
			left join lateral (
				select t.check_in_days from followup.setting t
				where t.agency_id = p.agency_id and (t.program_id = v.program_id or t.program_id is null) and t.valid_from <= p.decided_at::date
				order by t.program_id nulls last, t.valid_from desc, t.set_at desc limit 1
			) t on true
			cross join lateral unnest(coalesce(t.check_in_days, ${USUAL_SETTING.checkInDays}::smallint[])) as n (days)
			where p.agency_id = (select platform.current_agency()) and p.id = any(${actionPlanIds}::uuid[])
				and p.status in ('approved', 'running', 'done')
		) d
		where d.ends_on + d.days >= d.decided_on or d.days = d.last
		on conflict do nothing`.execute(tx);
}

/** A check-in answers the one that was due when it was written, if any. */
export async function answerDue(tx: Tx, actionPlanId: string, checkInId: string, at: Date): Promise<void> {
	const { rows } = await sql<{ days: number; dueOn: string; answered: boolean; on: string }>`
		select d.days, d.due_on as "dueOn", d.check_in_id is not null as answered, (${at}::timestamptz at time zone a.time_zone)::date as on
		from followup.check_in_due d join platform.agency a on a.agency_id = d.agency_id
		where d.agency_id = (select platform.current_agency()) and d.action_plan_id = ${actionPlanId}`.execute(tx);
	const days = answeredDue(rows, rows[0]?.on ?? '');
	if (days === null) return;
	await sql`
		update followup.check_in_due set check_in_id = ${checkInId}
		where agency_id = (select platform.current_agency()) and action_plan_id = ${actionPlanId} and days = ${days}`.execute(
		tx
	);
}

/** The same for many check-ins that are there already, for set-up: the first of its time answers each. */
export async function answerDuesInBulk(tx: Tx, actionPlanIds: readonly string[]): Promise<void> {
	await sql`
		update followup.check_in_due d set check_in_id = k.id
		from (
			select distinct on (n.action_plan_id, n.days) n.action_plan_id, n.days, k.id
			from (
				select agency_id, action_plan_id, days, due_on, lead(due_on) over (partition by action_plan_id order by days) as next_on
				from followup.check_in_due
				where agency_id = (select platform.current_agency()) and action_plan_id = any(${actionPlanIds}::uuid[])
			) n
			join followup.check_in k on k.agency_id = n.agency_id and k.action_plan_id = n.action_plan_id
				and k.at::date >= n.due_on - ${EARLY_DAYS}::int and (n.next_on is null or k.at::date < n.next_on - ${EARLY_DAYS}::int)
			order by n.action_plan_id, n.days, k.at
		) k
		where d.agency_id = (select platform.current_agency()) and d.action_plan_id = k.action_plan_id and d.days = k.days`.execute(
		tx
	);
}
