import type { Db } from '#platform/db/db.ts';

/**
 * Whoever works here under this NIP (18 digits), for commands that are told a number; undefined when nobody does. Asks
 * nobody's permission: say nothing of people whom the actor may not know.
 */
export async function personByNip(db: Db, agencyId: string, nip: string): Promise<string | undefined> {
	const person = await db
		.selectFrom('people.person')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('nip', '=', nip)
		.where('active', '=', true)
		.executeTakeFirst();
	return person?.id;
}
