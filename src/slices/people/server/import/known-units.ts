import type { Tx } from '#platform/db/db.ts';

export type KnownUnit = { echelon: string | null; parent: string | null; code: string | null };

/** Units by SIASN id, as files name them; `closed`: those that no longer stand too. */
export async function knownUnits(
	tx: Tx,
	agencyId: string,
	{ closed = false } = {}
): Promise<ReadonlyMap<string, KnownUnit>> {
	const units = await tx
		.selectFrom('people.unit as u')
		.leftJoin('people.unit as up', (join) =>
			join.onRef('up.agency_id', '=', 'u.agency_id').onRef('up.id', '=', 'u.parent_id')
		)
		.select(['u.external_id', 'u.echelon', 'u.code', 'up.external_id as parent'])
		.where('u.agency_id', '=', agencyId)
		.where('u.external_id', 'is not', null)
		.$if(!closed, (query) => query.where('u.valid_to', 'is', null))
		.execute();
	return new Map(
		units.map(({ external_id, echelon, parent, code }) => [external_id ?? '', { echelon, parent, code }])
	);
}
