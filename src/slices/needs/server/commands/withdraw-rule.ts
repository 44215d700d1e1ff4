import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canRunCampaigns } from '../../access.ts';
import { WithdrawRule } from '../../need-input.ts';
import { canConsolidate } from '../../proposal-access.ts';

const TABLES = {
	weights: 'needs.priority_rule',
	importance: 'needs.importance',
	estimator: 'needs.estimator_setting'
} as const;

/**
 * Takes back a dated rule that has not begun, one set for a wrong day say: it stays to be read, and what held before
 * goes on in its place. Refuses: one that has begun, was replaced or withdrawn.
 */
export const withdrawRule = command(
	'needs.withdrawRule',
	WithdrawRule,
	async ({ tx, actor, today, permit, note }, { of, ruleId }) => {
		permit(of === 'estimator' ? canRunCampaigns(actor) : canConsolidate(actor));
		const { rows } = await sql<{ id: string; from: string; to: string | null; before: string | null }>`
			select r.id, r.valid_from as from, r.valid_to as to, before.id as before from ${sql.table(TABLES[of])} r
			left join ${sql.table(TABLES[of])} before on before.agency_id = r.agency_id
				and before.valid_to = r.valid_from and before.valid_from < r.valid_from
				${of === 'importance' ? sql`and before.competency_id = r.competency_id and before.post_level is not distinct from r.post_level` : sql``}
			where r.agency_id = ${actor.agencyId} and r.id = ${ruleId} for update of r`.execute(tx);
		const rule = rows[0];
		if (rule === undefined) throw missing();
		if (rule.from <= today || rule.to === rule.from) throw refused('needs.rule.notPlanned');
		await endOn(tx, TABLES[of], { agencyId: actor.agencyId, id: rule.id, day: rule.from });
		if (rule.before !== null)
			await endOn(tx, TABLES[of], { agencyId: actor.agencyId, id: rule.before, day: rule.to });
		note({ ruleId });
		return {};
	},
	{ summary: 'Withdraw a dated rule of the analysis that has not begun' }
);

const endOn = (
	tx: Tx,
	table: 'needs.priority_rule' | 'needs.importance' | 'needs.estimator_setting',
	{ agencyId, id, day }: { agencyId: string; id: string; day: string | null }
) =>
	tx
		.updateTable(table)
		.set({ valid_to: day })
		.where('agency_id', '=', agencyId)
		.where('id', '=', id)
		.execute();
