import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { keepsHouse } from '../../access.ts';
import { SetFollowUp } from '../../input.ts';

/**
 * Sets from today on when check-ins and evaluations fall due, for the agency or one program; what was laid down before
 * stays as it was. Of several of one day the last holds.
 */
export const setFollowUp = command(
	'followup.set',
	SetFollowUp,
	async ({ tx, actor, now, today, permit, note }, { programId, ...setting }) => {
		permit(keepsHouse(actor));
		const id = newId();
		await sql`
			insert into followup.setting (agency_id, id, program_id, valid_from, check_in_days, evaluate_after_days, evaluate_for_days, peers, subordinates,
				remind_every_days, most_reminders, set_by, set_at)
			values (${actor.agencyId}, ${id}, ${programId ?? null}, ${today}, ${setting.checkInDays.toSorted((a, b) => a - b)}::smallint[], ${setting.evaluateAfterDays},
				${setting.evaluateForDays}, ${setting.peers}, ${setting.subordinates}, ${setting.remindEveryDays}, ${setting.mostReminders}, ${actor.accountId}, ${now})`.execute(
			tx
		);
		if (programId) note({ programId });
	},
	{ summary: 'Set when follow-up falls due' }
);
