import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { Measurement } from '../measurements.ts';

/**
 * Writes measurements of one indicator, replacing what stood there for the same unit and month; one statement however
 * many. Used by `impact.recordMeasurements` and for set-up. Returns how many were new or changed.
 */
export async function measureInBulk(
	tx: Tx,
	agencyId: string,
	indicatorId: string,
	rows: readonly Measurement[]
): Promise<number> {
	const written = await sql`
		insert into impact.measurement (agency_id, indicator_id, unit_id, period, value)
		select ${agencyId}::uuid, ${indicatorId}::uuid, x."unitId", x.period, x.value
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("unitId" uuid, period date, value numeric(14,4))
		order by x."unitId", x.period
		on conflict (agency_id, indicator_id, unit_id, period) do update set value = excluded.value
			where impact.measurement.value <> excluded.value`.execute(tx);
	return Number(written.numAffectedRows ?? 0);
}
