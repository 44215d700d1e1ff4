import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import type { Db } from '#platform/db/db.ts';
import type { Method } from '../../estimate.ts';
import { covariatesOf, designOf, monthIndex } from '../../model.ts';
import { powerByDesign, SIMULATED, type Found } from '../../power-by-design.ts';
import { TRAITS, traitsOf, unitsOfStudies } from './findings.ts';
import { peopleHistory, peopleOfStudies } from './people-panel.ts';

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
/** Of people every draw matches or compares hundreds and thousands: fewer tell it as well. */
const PEOPLE_DRAWS = { most: 120, least: 30, rows: 300_000 };
const remembered = new Map<string, Detectable>();

type Plan = { design: string; after: number | null; covariates: string[] };

/** Figures of units before their study's start. */
async function unitHistory(db: Db, studyId: string, unitIds: readonly string[]): Promise<PanelRow[]> {
	const { rows } = await sql<{ unit: string; period: number; value: number }>`
		select m.unit_id as unit, (extract(year from m.period) * 12 + extract(month from m.period) - 1)::int as period, m.value
		from impact.study s
		join impact.measurement m on m.agency_id = s.agency_id and m.indicator_id = s.indicator_id
			and m.unit_id = any(${[...unitIds]}::uuid[])
			and m.period < coalesce((select min(y.treated_from) from impact.study_unit y
				where y.agency_id = s.agency_id and y.study_id = s.id), s.starts_from, 'infinity')
		where s.agency_id = platform.current_agency() and s.id = ${studyId}
		order by m.unit_id, m.period`.execute(db);
	return rows.map((row) => ({ ...row, treated: false, post: false }));
}

/**
 * What a study could see, from its units' figures before its start (`power-by-design.ts`). Fewer draws where there are many
 * rows, so that a page waits a second or two at most; the same history and plan are worked out once.
 */
export async function detectableOf(db: Db, studyId: string): Promise<Detectable> {
	const { rows: plans } = await sql<Plan & { subject: string }>`
		select s.design, s.months_after as after, s.covariates, i.subject from impact.study s
		join impact.indicator i on i.agency_id = s.agency_id and i.id = s.indicator_id
		where s.agency_id = platform.current_agency() and s.id = ${studyId}`.execute(db);
	const { subject = 'unit', ...plan } = plans[0] ?? { design: 'before_after', after: null, covariates: [] };
	const covariates = covariatesOf(plan.covariates);
	const counted = covariates.includes('people');
	const people =
		subject === 'person'
			? ((
					await peopleOfStudies(db, [studyId], { traits: covariates.some((one) => TRAITS.includes(one)) })
				).get(studyId) ?? [])
			: null;
	const members = people ?? (await unitsOfStudies(db, [studyId], { counted })).get(studyId) ?? [];
	// A lottery judges those who took part in it, and nobody else.
	const byLot = plan.design === 'lottery' && members.some(({ lot }) => lot !== null);
	const taking = members.filter(({ lot }) => !byLot || lot !== null);
	const wanted = new Set(taking.map(({ unitId }) => unitId));
	const rows =
		people === null
			? await unitHistory(db, studyId, [...wanted])
			: await peopleHistory(
					db,
					studyId,
					people.filter(({ unitId }) => wanted.has(unitId))
				);
	const measured = new Set(rows.map(({ unit }) => unit));
	const starts = taking.flatMap(({ unitId, treatedFrom }) =>
		treatedFrom !== null && measured.has(unitId) ? [monthIndex(treatedFrom)] : []
	);
	const sizes = new Map(taking.map((unit) => [unit.unitId, unit.people]));
	const traits = people === null ? undefined : traitsOf(people);
	const hash = createHash('sha256')
		.update(JSON.stringify([plan, byLot, starts, [...sizes], [...(traits ?? [])], rows]))
		.digest('hex');
	const known = remembered.get(hash);
	if (known !== undefined) return known;
	const planned = designOf(plan.design);
	const design = planned === 'lottery' && !byLot ? 'before_after_comparison' : planned;
	const answer = {
		...powerByDesign(rows, {
			design,
			starts,
			monthsAfter: plan.after,
			covariates,
			people: sizes,
			traits,
			draws:
				people === null
					? Math.max(50, Math.min(MOST_DRAWS, Math.floor(MOST_ROWS / Math.max(1, rows.length))))
					: Math.max(
							PEOPLE_DRAWS.least,
							Math.min(PEOPLE_DRAWS.most, Math.floor(PEOPLE_DRAWS.rows / Math.max(1, rows.length)))
						)
		}),
		units: measured.size,
		method: SIMULATED[design]
	};
	if (remembered.size > 200) remembered.clear();
	remembered.set(hash, answer);
	return answer;
}
