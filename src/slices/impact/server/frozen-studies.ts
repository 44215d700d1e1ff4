import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';

/** Fixed studies of an indicator: what new figures are told to. */
export async function frozenStudies(tx: Tx, indicatorId: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('impact.study')
		.select('id')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('indicator_id', '=', indicatorId)
		.where('frozen_at', 'is not', null)
		.execute();
	return rows.map(({ id }) => id);
}
