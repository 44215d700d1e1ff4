import type { Kysely } from 'kysely';
import type { DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';

const zones = new Map<string, string>();

/** The agency's IANA time zone (WIB, WITA, WIT); it never changes while the process runs. */
export async function agencyZone(kysely: Kysely<DB>, agencyId: string): Promise<string> {
	const known = zones.get(agencyId);
	if (known !== undefined) return known;
	const agency = await reading(
		agencyId,
		(db) =>
			db
				.selectFrom('platform.agency')
				.select('time_zone')
				.where('agency_id', '=', agencyId)
				.executeTakeFirstOrThrow(),
		kysely
	);
	zones.set(agencyId, agency.time_zone);
	return agency.time_zone;
}
