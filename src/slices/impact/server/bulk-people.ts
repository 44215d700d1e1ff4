import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import type { PersonMeasurement } from '../people-measurements.ts';

/** Many rows in one go: small files need no new statistics. */
const MANY = 1000;

/**
 * Writes figures of people under one indicator, replacing what stood there for the same person and period; one statement
 * however many. Each goes under the unit where the person worked when the period began, or the first one known after that.
 * With `why`, what a replaced value was is kept. Returns how many were new or changed.
 */
export async function measurePeopleInBulk(
	tx: Tx,
	agencyId: string,
	indicatorId: string,
	rows: readonly PersonMeasurement[],
	why?: { reason: string; by: string; at: Date }
): Promise<number> {
	const given = sql`unnest(${rows.map(({ personId }) => personId)}::uuid[], ${rows.map(({ period }) => period)}::date[],
		${rows.map(({ value }) => value)}::numeric(14,4)[]) as x(person_id, period, value)`;
	if (why !== undefined)
		await sql`
			insert into impact.person_measurement_change (agency_id, indicator_id, person_id, period, changed_at, was, becomes, reason, changed_by_name)
			select m.agency_id, m.indicator_id, m.person_id, m.period, ${why.at}, m.value, x.value, ${why.reason}, ${why.by}
			from ${given}
			join impact.person_measurement m on m.agency_id = ${agencyId}::uuid and m.indicator_id = ${indicatorId}::uuid
				and m.person_id = x.person_id and m.period = x.period and m.value <> x.value`.execute(tx);
	// Most people never change units while they are measured: their one post is found once, not for every period.
	const written = await sql`
		with given as materialized (select * from ${given}), post as materialized (
			select p.person_id, j.unit_id, j.valid_from,
				lag(j.valid_from) over (partition by p.person_id order by j.valid_from) is null as first,
				lead(j.valid_from) over (partition by p.person_id order by j.valid_from) as next
			from (select distinct person_id from given) p
			join people.posting j on j.agency_id = ${agencyId}::uuid and j.person_id = p.person_id
		)
		insert into impact.person_measurement (agency_id, indicator_id, person_id, period, unit_id, value)
		select ${agencyId}::uuid, ${indicatorId}::uuid, g.person_id, g.period, post.unit_id, g.value
		from given g
		join post on post.person_id = g.person_id and (post.first or post.valid_from <= g.period)
			and (post.next is null or post.next > g.period)
		order by g.person_id, g.period
		on conflict (agency_id, indicator_id, person_id, period) do update set value = excluded.value
			where impact.person_measurement.value <> excluded.value`.execute(tx);
	const count = Number(written.numAffectedRows ?? 0);
	if (count >= MANY) await refreshStatistics(tx, 'impact.person_measurement');
	return count;
}
