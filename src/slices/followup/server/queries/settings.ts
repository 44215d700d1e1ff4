import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { USUAL_SETTING, type FollowUpSetting } from '../../model.ts';

/** What holds for a program today: its own, else the agency's, else the usual. */
export async function settingsNow(db: Db, programId: string | null, today: string): Promise<FollowUpSetting> {
	const { rows } = await sql<FollowUpSetting>`
		select check_in_days as "checkInDays", evaluate_after_days as "evaluateAfterDays", evaluate_for_days as "evaluateForDays", peers, subordinates,
			remind_every_days as "remindEveryDays", most_reminders as "mostReminders"
		from followup.setting
		where agency_id = (select platform.current_agency()) and valid_from <= ${today} and (program_id is null or program_id = ${programId}::uuid)
		order by program_id nulls last, valid_from desc, set_at desc limit 1`.execute(db);
	return rows[0] ?? USUAL_SETTING;
}

export async function programChoices(db: Db): Promise<{ id: string; name: string }[]> {
	const { rows } = await sql<{ id: string; name: string }>`
		select id, name from programs.program where agency_id = (select platform.current_agency()) order by name limit 500`.execute(
		db
	);
	return rows;
}
