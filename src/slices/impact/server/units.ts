import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { KnownUnit } from '../measurements.ts';

/** Units of today, as a line of a file may name them. */
export const unitsOf = (tx: Tx): Promise<KnownUnit[]> =>
	tx
		.selectFrom('people.unit')
		.select(['id', 'code', 'name'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('valid_to', 'is', null)
		.execute();
