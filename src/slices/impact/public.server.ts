import { sql, type SqlBool } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { Indicator } from './model.ts';
import { judged, studiesWhere } from './server/queries/studies.ts';
import type { Verdict } from './verdict.ts';

export { qualityOfIndicator } from './server/queries/indicators.ts';
export type { QualityFinding } from './quality.ts';
export { measureInBulk } from './server/bulk.ts';
export { createIndicator } from './server/commands/indicator.ts';
export { recordMeasurements } from './server/commands/measure.ts';
export { createStudy } from './server/commands/design.ts';
export { drawLots, freezeStudy } from './server/commands/plan.ts';

export type StudyVerdict = {
	studyId: string;
	question: string;
	indicator: Indicator;
	programId: string;
	program: string;
	planLineId: string | null;
	frozenAt: Date;
	verdict: Verdict;
};

/** The newest answered questions, each with its verdict as of now; words by `verdictWords` (public.ts). Asks nobody's permission. */
export const latestVerdicts = (db: Db, limit = 5): Promise<StudyVerdict[]> =>
	verdicts(db, sql<SqlBool>`s.frozen_at is not null`, limit);

/** Verdicts of the fixed studies of a program, a plan line, or one study. */
export function verdictsOf(
	db: Db,
	of: { programId: string } | { planLineId: string } | { studyId: string }
): Promise<StudyVerdict[]> {
	const about =
		'programId' in of
			? sql`s.program_id = ${of.programId}`
			: 'planLineId' in of
				? sql`s.plan_line_id = ${of.planLineId}`
				: sql`s.id = ${of.studyId}`;
	return verdicts(db, sql<SqlBool>`s.frozen_at is not null and ${about}`, 20);
}

/** Verdicts of the fixed studies in which a unit, or one below it, takes part: what its head wants to see. */
export const verdictsOfUnit = (db: Db, unitPath: string): Promise<StudyVerdict[]> =>
	verdicts(
		db,
		sql<SqlBool>`s.frozen_at is not null and exists (
			select from impact.study_unit x join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
			where x.agency_id = s.agency_id and x.study_id = s.id and u.path <@ ${unitPath}::ltree)`,
		20
	);

async function verdicts(
	db: Db,
	filter: ReturnType<typeof sql<SqlBool>>,
	limit: number
): Promise<StudyVerdict[]> {
	const studies = await judged(db, await studiesWhere(db, filter, limit));
	return studies.flatMap(({ id, question, indicator, programId, program, planLineId, frozenAt, finding }) =>
		finding === null || frozenAt === null
			? []
			: [
					{
						studyId: id,
						question,
						indicator,
						programId,
						program,
						planLineId,
						frozenAt,
						verdict: finding.verdict
					}
				]
	);
}

/** Name of an indicator with its unit of measure; null when there is none. Asks nobody's permission. */
export async function indicatorName(db: Db, indicatorId: string): Promise<string | null> {
	const { rows } = await sql<{ name: string }>`
		select name from impact.indicator where agency_id = (select platform.current_agency()) and id = ${indicatorId}`.execute(
		db
	);
	return rows[0]?.name ?? null;
}

/** Every indicator's name, for a choice. Names tell nothing of anybody. */
export async function indicatorNames(db: Db): Promise<{ id: string; name: string }[]> {
	const { rows } = await sql<{ id: string; name: string }>`
		select id, name from impact.indicator where agency_id = (select platform.current_agency()) order by name limit 200`.execute(
		db
	);
	return rows;
}
