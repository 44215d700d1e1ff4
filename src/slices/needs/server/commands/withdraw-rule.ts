import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
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
		const table = sql.table(TABLES[of]);
		const { rows } = await sql<{ from: string; to: string | null }>`
			select valid_from as from, valid_to as to from ${table} where agency_id = ${actor.agencyId} and id = ${ruleId}
			for update`.execute(tx);
		const rule = rows[0];
		if (rule === undefined) throw missing();
		if (rule.from <= today || rule.to === rule.from) throw refused('needs.rule.notPlanned');
		await sql`update ${table} set valid_to = valid_from where agency_id = ${actor.agencyId} and id = ${ruleId}`.execute(
			tx
		);
		const same =
			of === 'importance'
				? sql`and before.competency_id = gone.competency_id and before.post_level is not distinct from gone.post_level`
				: sql``;
		await sql`update ${table} before set valid_to = ${rule.to}::date from ${table} gone
			where before.agency_id = ${actor.agencyId} and gone.agency_id = before.agency_id and gone.id = ${ruleId}
				and before.valid_to = gone.valid_from and before.valid_from < gone.valid_from ${same}`.execute(tx);
		note({ of, ruleId });
		return {};
	},
	{ summary: 'Withdraw a dated rule of the analysis that has not begun' }
);
