import { sql, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canRead } from './access.ts';
import type { Design, Indicator } from './model.ts';
import { notYetFound } from './server/queries/findings.ts';
import { judged, studiesWhere, visibleStudy, type JudgedStudy } from './server/queries/studies.ts';
import type { Verdict } from './verdict.ts';

export { figuresAbout } from './server/own-figures.ts';
export { createIndicator } from './server/commands/indicator.ts';
export { recordMeasurements } from './server/commands/measure.ts';
export { createStudy } from './server/commands/design.ts';
export { freezeStudy } from './server/commands/plan.ts';
export { canReadCostsOfEffects, studyCosts, type StudyCost } from './server/queries/costs.ts';
export { costPerEffect, effectOf } from './costs.ts';

export type StudyVerdict = {
	studyId: string;
	question: string;
	indicator: Indicator;
	programId: string;
	program: string;
	planLineId: string | null;
	design: Design;
	plannedBefore: boolean;
	frozenAt: Date;
	/** SHA-256 of the plan as it was fixed; null for a study fixed before plans were kept. */
	hash: string | null;
	verdict: Verdict;
};

/** Verdicts of the fixed studies of a program, a plan line, or of named studies, newest first. Asks nobody's permission. */
export function verdictsOf(
	db: Db,
	of: { programId: string } | { planLineId: string } | { studyIds: readonly string[] }
): Promise<StudyVerdict[]> {
	const about =
		'programId' in of
			? sql`s.program_id = ${of.programId}`
			: 'planLineId' in of
				? sql`s.plan_line_id = ${of.planLineId}`
				: sql`s.id = any(${[...of.studyIds]}::uuid[])`;
	return verdicts(db, sql<SqlBool>`s.frozen_at is not null and ${about}`, 20);
}

/** The newest fixed studies whose answer nobody has worked out yet: `verdictsOf` one of them does. Asks nobody's permission. */
export const studiesNotYetFound = async (db: Db): Promise<string[]> =>
	notYetFound(db, await studiesWhere(db, sql<SqlBool>`s.frozen_at is not null`, 20));

/** Of these studies, those that the actor may see. */
export async function visibleStudies(db: Db, actor: Actor, studyIds: readonly string[]): Promise<string[]> {
	if (studyIds.length === 0) return [];
	const { rows } = await sql<{ id: string }>`
		select s.id from impact.study s
		where s.agency_id = (select platform.current_agency()) and s.id = any(${[...studyIds]}::uuid[]) and ${visibleStudy(actor)}`.execute(
		db
	);
	return rows.map(({ id }) => id);
}

/** Verdicts of the fixed studies in which a unit, or one below it, takes part: what its head wants to see. */
export const verdictsOfUnit = (db: Db, unitPath: string): Promise<StudyVerdict[]> =>
	verdicts(
		db,
		sql<SqlBool>`s.frozen_at is not null and exists (
			select from impact.study_subject x join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
			where x.agency_id = s.agency_id and x.study_id = s.id and u.path <@ ${unitPath}::ltree)`,
		20
	);

/** Verdicts that the actor may see of the studies whose training began in a year; none for whoever reads no impact. */
export const verdictsOfYear = async (db: Db, actor: Actor, year: number): Promise<StudyVerdict[]> =>
	canRead(actor)
		? verdicts(
				db,
				sql<SqlBool>`s.frozen_at is not null and ${visibleStudy(actor)}
					and extract(year from coalesce((select min(y.treated_from) from impact.study_subject y
						where y.agency_id = s.agency_id and y.study_id = s.id), s.starts_from, s.frozen_at)) = ${year}`,
				100
			)
		: [];

/** A study of a program as its page lists it; without a verdict while its design is not fixed. */
export type StudyOfProgram = Omit<StudyVerdict, 'frozenAt' | 'verdict'> & {
	/** Curriculum version that was taught: that of the line's classes, else the one in force when the training began. */
	versionId: string | null;
	frozenAt: Date | null;
	verdict: Verdict | null;
};

/** Level 4 of a program: every study of it that the actor may see, newest first; null for whoever reads no impact. */
export async function studiesOfProgram(
	db: Db,
	actor: Actor,
	programId: string
): Promise<StudyOfProgram[] | null> {
	if (!canRead(actor)) return null;
	const studies = await judged(
		db,
		await studiesWhere(db, sql<SqlBool>`s.program_id = ${programId} and ${visibleStudy(actor)}`, 50)
	);
	const versions = await versionsStudied(
		db,
		studies.map(({ id }) => id)
	);
	return studies.map((study) => ({
		...told(study),
		versionId: versions.get(study.id) ?? null,
		frozenAt: study.frozenAt,
		verdict: study.finding?.verdict ?? null
	}));
}

async function versionsStudied(db: Db, studyIds: readonly string[]): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; versionId: string | null }>`
		select s.id, coalesce(
			(select c.version_id from classes.class c join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
				where c.agency_id = s.agency_id and c.plan_line_id = s.plan_line_id and v.program_id = s.program_id and c.status <> 'cancelled'
				group by c.version_id order by count(*) desc, c.version_id limit 1),
			(select v.id from programs.version v
				where v.agency_id = s.agency_id and v.program_id = s.program_id and v.in_force_at <= coalesce((select min(y.treated_from)
					from impact.study_subject y where y.agency_id = s.agency_id and y.study_id = s.id), s.starts_from, s.frozen_at, s.created_at)
				order by v.in_force_at desc limit 1),
			(select p.version_id from programs.program p where p.agency_id = s.agency_id and p.id = s.program_id)) as "versionId"
		from impact.study s
		where s.agency_id = (select platform.current_agency()) and s.id = any(${[...studyIds]}::uuid[])`.execute(db);
	return new Map(rows.flatMap(({ id, versionId }) => (versionId === null ? [] : [[id, versionId] as const])));
}

async function verdicts(
	db: Db,
	filter: ReturnType<typeof sql<SqlBool>>,
	limit: number
): Promise<StudyVerdict[]> {
	const studies = await judged(db, await studiesWhere(db, filter, limit));
	return studies.flatMap((study) => {
		const { frozenAt, finding } = study;
		return finding === null || frozenAt === null
			? []
			: [{ ...told(study), frozenAt, verdict: finding.verdict }];
	});
}

const told = ({
	id,
	question,
	indicator,
	programId,
	program,
	planLineId,
	design,
	plannedBefore,
	fixed
}: JudgedStudy) => ({
	studyId: id,
	question,
	indicator,
	programId,
	program,
	planLineId,
	design,
	plannedBefore,
	hash: fixed?.hash ?? null
});

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
