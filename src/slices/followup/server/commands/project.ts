import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canDecide, canSee, canWrite } from '../../access.ts';
import { AdoptProject, SayMilestone } from '../../input.ts';
import { adoptable, APPROVED } from '../../rules.ts';
import { lockPlan } from '../lock.ts';

/** The owner says where a milestone of an approved change project stands. Refuses: not approved; no such milestone. */
export const sayMilestone = command(
	'followup.sayMilestone',
	SayMilestone,
	async ({ tx, actor, now, permit, note }, { actionPlanId, horizon, state }) => {
		const plan = await lockPlan(tx, actionPlanId);
		if (!canSee(actor, plan)) throw missing();
		permit(canWrite(actor, plan));
		if (!APPROVED.includes(plan.status)) throw refused(`followup.plan.is.${plan.status}`);
		const said = await tx
			.updateTable('followup.milestone')
			.set({ state, state_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('action_plan_id', '=', actionPlanId)
			.where('horizon', '=', horizon)
			.executeTakeFirst();
		if (said.numUpdatedRows !== 1n) throw missing();
		note({ actionPlanId });
	},
	{ summary: 'Say where a milestone of a change project stands' }
);

/**
 * The sponsor (the supervisor of the day, or whoever decides for the unit) says whether the unit has taken the project
 * over at 3, 6 and 12 months; said once. Refuses: no project, not approved, too early, said already.
 */
export const adoptProject = command(
	'followup.adoptProject',
	AdoptProject,
	async ({ tx, actor, now, today, permit, record }, { actionPlanId, months, answer, note }) => {
		const plan = await lockPlan(tx, actionPlanId);
		if (!canSee(actor, plan)) throw missing();
		permit(canDecide(actor, plan));
		if (actor.personId === null) throw refused('followup.answer.noPerson');
		adoptable(plan, months, today);
		const said = await sql`
			insert into followup.adoption (agency_id, action_plan_id, months, answer, note, said_by, said_at)
			values (${actor.agencyId}, ${actionPlanId}, ${months}, ${answer}, ${note}, ${actor.personId}, ${now})
			on conflict do nothing`.execute(tx);
		if (said.numAffectedRows !== 1n) throw refused('followup.adopt.said', { months });
		record('followup.projectJudged', { actionPlanId });
	},
	{ summary: 'Say whether the unit has adopted a change project' }
);
