import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { Adoption, AdoptionMonths, Horizon, MilestoneState } from '../../model.ts';

/** The part of a plan that makes it a change project; `project` is null for a plain plan. */
export type Project = {
	project: string | null;
	milestones: {
		horizon: Horizon;
		target: string;
		months: number;
		state: MilestoneState;
		stateAt: Date | null;
	}[];
	adoptions: { months: AdoptionMonths; answer: Adoption; note: string; by: string; at: Date }[];
};

export async function projectOf(db: Db, actionPlanId: string, project: string | null): Promise<Project> {
	if (project === null) return { project, milestones: [], adoptions: [] };
	const milestones = await sql<Project['milestones'][number]>`
		select horizon, target, months, state, state_at as "stateAt" from followup.milestone
		where agency_id = platform.current_agency() and action_plan_id = ${actionPlanId} order by months`.execute(db);
	const adoptions = await sql<Project['adoptions'][number]>`
		select a.months, a.answer, a.note, o.name as by, a.said_at as at from followup.adoption a
		join people.person o on o.agency_id = a.agency_id and o.id = a.said_by
		where a.agency_id = platform.current_agency() and a.action_plan_id = ${actionPlanId} order by a.months`.execute(
		db
	);
	return { project, milestones: milestones.rows, adoptions: adoptions.rows };
}
