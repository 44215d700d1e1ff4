import type { Tx } from '#platform/db/db.ts';

/** People of these NIPs in the order in which they were typed, and the NIPs that nobody here has. */
export async function peopleByNip(
	tx: Tx,
	agencyId: string,
	nips: readonly string[]
): Promise<{ people: string[]; unknown: string[] }> {
	if (nips.length === 0) return { people: [], unknown: [] };
	const rows = await tx
		.selectFrom('people.staff')
		.select(['person_id', 'nip'])
		.where('agency_id', '=', agencyId)
		.where('nip', 'in', [...nips])
		.execute();
	const byNip = new Map(rows.map((row) => [row.nip, row.person_id]));
	return {
		people: nips.flatMap((nip) => byNip.get(nip) ?? []),
		unknown: nips.filter((nip) => !byNip.has(nip))
	};
}
