import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { canCreate, canEdit } from '../../access.ts';
import { ChangePlan, CreatePlan } from '../../input.ts';
import { editable } from '../../rules.ts';
import { lockPlan } from '../lock.ts';
import { keepStep } from '../history.ts';

/** Opens the plan of a year as a draft. A year may have several: a change of a decreed plan is a plan of its own. */
export const createPlan = command(
	'plans.create',
	CreatePlan,
	async ({ tx, actor, now, permit, note }, { year, title, budget }) => {
		permit(canCreate(actor));
		const planId = newId(now.getTime());
		await tx
			.insertInto('plans.plan')
			.values({
				agency_id: actor.agencyId,
				id: planId,
				year,
				title,
				status: 'draft',
				budget,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		await keepStep(tx, actor, { planId, from: '', to: 'draft', note: '', now });
		note({ planId });
		return { planId };
	},
	{ summary: 'Opens the plan of a year as a draft' }
);

/** Title and ceiling. Refuses: submitted, approved or decreed meanwhile. */
export const changePlan = command(
	'plans.change',
	ChangePlan,
	async ({ tx, actor, permit, note }, { planId, title, budget }) => {
		const plan = await lockPlan(tx, actor.agencyId, planId);
		permit(canEdit(actor));
		editable(plan.status, plan.last);
		await tx
			.updateTable('plans.plan')
			.set({ title, budget })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', planId)
			.execute();
		note({ planId });
		return { planId };
	},
	{ summary: 'Changes title and budget ceiling of a plan' }
);
