import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import type { Measurement } from '../measurements.ts';

/** Many rows in one go: small files need no new statistics. */
const MANY = 1000;

/**
 * Writes measurements of one indicator, replacing what stood there for the same unit and month; one statement however
 * many. Used by `impact.recordMeasurements` and for set-up. With `why`, what a replaced value was is kept. Returns how
 * many were new or changed.
 */
export async function measureInBulk(
	tx: Tx,
	agencyId: string,
	indicatorId: string,
	rows: readonly Measurement[],
	why?: { reason: string; by: string; at: Date }
): Promise<number> {
	const given = sql`unnest(${rows.map(({ unitId }) => unitId)}::uuid[], ${rows.map(({ period }) => period)}::date[],
		${rows.map(({ value }) => value)}::numeric(14,4)[]) as x(unit_id, period, value)`;
	if (why !== undefined)
		await sql`
			insert into impact.measurement_change (agency_id, indicator_id, unit_id, period, changed_at, was, becomes, reason, changed_by_name)
			select m.agency_id, m.indicator_id, m.unit_id, m.period, ${why.at}, m.value, x.value, ${why.reason}, ${why.by}
			from ${given}
			join impact.measurement m on m.agency_id = ${agencyId}::uuid and m.indicator_id = ${indicatorId}::uuid
				and m.unit_id = x.unit_id and m.period = x.period and m.value <> x.value`.execute(tx);
	const written = await sql`
		insert into impact.measurement (agency_id, indicator_id, unit_id, period, value)
		select ${agencyId}::uuid, ${indicatorId}::uuid, x.unit_id, x.period, x.value
		from ${given}
		order by x.unit_id, x.period
		on conflict (agency_id, indicator_id, unit_id, period) do update set value = excluded.value
			where impact.measurement.value <> excluded.value`.execute(tx);
	const count = Number(written.numAffectedRows ?? 0);
	if (count >= MANY) await refreshStatistics(tx, 'impact.measurement');
	return count;
}
