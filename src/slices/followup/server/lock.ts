import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { planStatus, type PlanStatus } from '../model.ts';

export type LockedPlan = {
	id: string;
	personId: string;
	supervisorId: string | null;
	status: PlanStatus;
	unitPath: string;
	project: string | null;
	decidedAt: Date | null;
	/** Day of the last decision, by the agency's calendar. */
	decidedOn: string | null;
};

/** The plan, locked, with where its owner works; missing when there is none. */
export async function lockPlan(tx: Tx, actionPlanId: string): Promise<LockedPlan> {
	const rows = await sql<Omit<LockedPlan, 'status'> & { status: string }>`
		select p.id, p.person_id as "personId", p.supervisor_id as "supervisorId", p.status, p.project, p.decided_at as "decidedAt",
			(select (p.decided_at at time zone a.time_zone)::date from platform.agency a where a.agency_id = p.agency_id) as "decidedOn",
			coalesce((select s.unit_path::text from people.staff s where s.agency_id = p.agency_id and s.person_id = p.person_id), '') as "unitPath"
		from followup.action_plan p
		where p.agency_id = platform.current_agency() and p.id = ${actionPlanId} for update of p`.execute(tx);
	const row = rows.rows[0];
	if (!row) throw missing();
	return { ...row, status: planStatus(row.status) };
}
