import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { detectableEffect, type DetectableEffect, type NoPower } from '#kernel/statistics/power.ts';
import type { Db } from '#platform/db/db.ts';

export type Detectable = {
	found: DetectableEffect | NoPower;
	/** Months of the history that played "after". */
	after: number;
	/** Units of that history. */
	units: number;
};

const MOST_DRAWS = 300;
/** Rows of all draws together that take about a second. */
const MOST_ROWS = 2_000_000;
const remembered = new Map<string, Detectable>();

/**
 * What a study could see, by simulation on the same units' figures before its start (kernel `power.ts`): two-way differences
 * whatever the design, which every other estimator here comes near. Fewer draws where there are many rows, so that a page
 * waits a second or two at most; the same history is worked out once.
 */
export async function detectableOf(db: Db, studyId: string): Promise<Detectable> {
	const { rows } = await sql<{ unit: string; period: number; value: number; treated: boolean }>`
		select m.unit_id as unit, (extract(year from m.period) * 12 + extract(month from m.period) - 1)::int as period,
			m.value, x.treated
		from impact.study s
		join impact.study_unit x on x.agency_id = s.agency_id and x.study_id = s.id
		join impact.measurement m on m.agency_id = s.agency_id and m.indicator_id = s.indicator_id and m.unit_id = x.unit_id
			and m.period < coalesce((select min(y.treated_from) from impact.study_unit y
				where y.agency_id = s.agency_id and y.study_id = s.id), s.starts_from, 'infinity')
		where s.agency_id = platform.current_agency() and s.id = ${studyId}
		order by m.unit_id, m.period`.execute(db);
	const plan = await sql<{ after: number | null }>`
		select months_after as after from impact.study where agency_id = platform.current_agency() and id = ${studyId}`.execute(
		db
	);
	const wanted = plan.rows[0]?.after ?? null;
	const hash = createHash('sha256')
		.update(JSON.stringify([wanted, rows]))
		.digest('hex');
	const known = remembered.get(hash);
	if (known !== undefined) return known;
	const months = new Set(rows.map(({ period }) => period)).size;
	const units = new Set(rows.map(({ unit }) => unit)).size;
	// The history has to play both parts: at least as long before as after.
	const after = Math.max(1, Math.min(wanted ?? Infinity, Math.floor(months / 2)));
	const trained = new Set(rows.flatMap(({ unit, treated }) => (treated ? [unit] : []))).size;
	const found = detectableEffect(
		rows.map(({ unit, period, value }) => ({ unit, period, value, treated: false, post: false })),
		{
			// Before the draw half of the applicants stand for the trained.
			treated: trained > 0 && trained < units ? trained : Math.floor(units / 2),
			after,
			draws: Math.max(50, Math.min(MOST_DRAWS, Math.floor(MOST_ROWS / Math.max(1, rows.length))))
		}
	);
	if (remembered.size > 200) remembered.clear();
	remembered.set(hash, { found, after, units });
	return { found, after, units };
}
