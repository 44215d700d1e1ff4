import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { Method } from '../../estimate.ts';
import { covariatesOf, designOf, monthIndex } from '../../model.ts';
import { powerByDesign, SIMULATED, type Found } from '../../power-by-design.ts';
import { unitsOfStudies } from './findings.ts';

export type Detectable = {
	found: Found;
	/** Months of the history that played "after". */
	after: number;
	/** Units of that history. */
	units: number;
	/** How the effect was estimated in every draw. */
	method: Method;
};

const MOST_DRAWS = 300;
/** Rows of all draws together that take about a second. */
const MOST_ROWS = 2_000_000;
const remembered = new Map<string, Detectable>();

/**
 * What a study could see, from its units' figures before its start (`power-by-design.ts`). Fewer draws where there are many
 * rows, so that a page waits a second or two at most; the same history and plan are worked out once.
 */
export async function detectableOf(db: Db, studyId: string): Promise<Detectable> {
	const { rows: plans } = await sql<{ design: string; after: number | null; covariates: string[] }>`
		select design, months_after as after, covariates from impact.study
		where agency_id = platform.current_agency() and id = ${studyId}`.execute(db);
	const plan = plans[0] ?? { design: 'before_after', after: null, covariates: [] };
	const covariates = covariatesOf(plan.covariates);
	const counted = covariates.includes('people');
	const members = (await unitsOfStudies(db, [studyId], { counted })).get(studyId) ?? [];
	// A lottery judges those who took part in it, and nobody else.
	const byLot = plan.design === 'lottery' && members.some(({ lot }) => lot !== null);
	const taking = members.filter(({ lot }) => !byLot || lot !== null);
	const { rows } = await sql<{ unit: string; period: number; value: number }>`
		select m.unit_id as unit, (extract(year from m.period) * 12 + extract(month from m.period) - 1)::int as period, m.value
		from impact.study s
		join impact.measurement m on m.agency_id = s.agency_id and m.indicator_id = s.indicator_id
			and m.unit_id = any(${taking.map(({ unitId }) => unitId)}::uuid[])
			and m.period < coalesce((select min(y.treated_from) from impact.study_unit y
				where y.agency_id = s.agency_id and y.study_id = s.id), s.starts_from, 'infinity')
		where s.agency_id = platform.current_agency() and s.id = ${studyId}
		order by m.unit_id, m.period`.execute(db);
	const measured = new Set(rows.map(({ unit }) => unit));
	const starts = taking.flatMap(({ unitId, treatedFrom }) =>
		treatedFrom !== null && measured.has(unitId) ? [monthIndex(treatedFrom)] : []
	);
	const people = new Map(taking.map((unit) => [unit.unitId, unit.people]));
	const hash = createHash('sha256')
		.update(JSON.stringify([plan, byLot, starts, [...people], rows]))
		.digest('hex');
	const known = remembered.get(hash);
	if (known !== undefined) return known;
	const planned = designOf(plan.design);
	const design = planned === 'lottery' && !byLot ? 'before_after_comparison' : planned;
	const answer = {
		...powerByDesign(
			rows.map((row) => ({ ...row, treated: false, post: false })),
			{
				design,
				starts,
				monthsAfter: plan.after,
				covariates,
				people,
				draws: Math.max(50, Math.min(MOST_DRAWS, Math.floor(MOST_ROWS / Math.max(1, rows.length))))
			}
		),
		units: measured.size,
		method: SIMULATED[design]
	};
	if (remembered.size > 200) remembered.clear();
	remembered.set(hash, answer);
	return answer;
}
