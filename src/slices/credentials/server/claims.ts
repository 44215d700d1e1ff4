import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** An entry that is the same learning again: same certificate number or same name and days, or the same days in our own classes. */
export async function claimTwin(
	db: Db,
	agencyId: string,
	personId: string,
	key: string,
	claim: { title: string; startsOn: string; endsOn: string }
): Promise<{ title: string; endsOn: string } | undefined> {
	const rows = await sql<{ title: string; endsOn: string }>`
		select title, ends_on as "endsOn" from credentials.jp_entry
		where agency_id = ${agencyId} and person_id = ${personId} and status in ('counted', 'waiting')
			and (rule ->> 'duplicateKey' = ${key}
				or (lower(title) = lower(${claim.title}) and starts_on = ${claim.startsOn}::date and ends_on = ${claim.endsOn}::date))
		limit 1`.execute(db);
	return rows.rows[0];
}
