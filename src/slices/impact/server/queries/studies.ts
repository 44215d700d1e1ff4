import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { mayEverywhere, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canComment, canDesign, canEdit, canReadEverybody, canTakeBundle } from '../../access.ts';
import type { Finding } from '../../finding.ts';
import { drawHolds } from '../../lots.ts';
import { selectionOf, type Selection } from '../../people-study.ts';
import {
	covariatesOf,
	designOf,
	directionOf,
	subjectOf,
	type Covariate,
	type Design,
	type Indicator
} from '../../model.ts';
import { bootstrapOf } from './bootstrap.ts';
import { findingsOf, outcomesOf, shownOf, unitsOfStudies } from './findings.ts';
import { detectableOf } from './power.ts';
import { namesInStudy, peopleOfStudies } from './people-panel.ts';
import { remarksOf } from './remarks.ts';

export type Study = {
	id: string;
	question: string;
	design: Design;
	plannedBefore: boolean;
	smallestUseful: number | null;
	frozenAt: Date | null;
	frozenBy: string | null;
	indicator: Indicator;
	/** Stands for the indicator's figures: another one after every write of any of them. */
	figures: string;
	programId: string;
	program: string;
	planLineId: string | null;
	plan: string | null;
	startsFrom: CivilDate | null;
	monthsBefore: number | null;
	monthsAfter: number | null;
	covariates: Covariate[];
	spillover: string | null;
	/** Of a study of people: how they were found. */
	selection: Selection | null;
	draw: {
		seed: number;
		at: Date;
		by: string | null;
		/** Before the month of start: only then lots decided who is trained. */
		inTime: boolean;
	} | null;
	/** The plan as it was fixed, word for word, and its SHA-256; null for a study fixed before plans were kept. */
	fixed: { text: string; hash: string } | null;
};

type StudyRow = Omit<Study, 'design' | 'indicator' | 'covariates' | 'draw' | 'fixed' | 'selection'> & {
	design: string;
	covariates: string[];
	seed: number | null;
	drawnAt: Date | null;
	drawnBy: string | null;
	drawnInTime: boolean | null;
	text: string | null;
	hash: string | null;
	indicatorId: string;
	code: string;
	indicatorName: string;
	unitOfMeasure: string;
	better: string;
	subject: string;
	treatedBy: string | null;
	comparedWith: string | null;
	classesFrom: CivilDate | null;
	classesTo: CivilDate | null;
};

const STUDIES = sql`
	select s.id, s.question, s.design, s.planned_before as "plannedBefore", s.smallest_useful as "smallestUseful",
		s.frozen_at as "frozenAt", p.name as "frozenBy", i.id as "indicatorId", i.code, i.name as "indicatorName",
		i.unit_of_measure as "unitOfMeasure", i.better, i.subject, i.figures, s.treated_by as "treatedBy",
		s.compared_with as "comparedWith", s.classes_from as "classesFrom", s.classes_to as "classesTo", g.id as "programId", g.name as program,
		s.plan_line_id as "planLineId", n.title as plan, s.starts_from as "startsFrom", s.months_before as "monthsBefore",
		s.months_after as "monthsAfter", s.covariates, s.spillover, s.draw_seed::float8 as seed, s.drawn_at as "drawnAt",
		d.name as "drawnBy", (s.drawn_at at time zone a.time_zone)::date < s.starts_from as "drawnInTime", s.plan_text as text, s.plan_hash as hash
	from impact.study s
	join platform.agency a on a.agency_id = s.agency_id
	join impact.indicator i on i.agency_id = s.agency_id and i.id = s.indicator_id
	join programs.program g on g.agency_id = s.agency_id and g.id = s.program_id
	left join plans.line l on l.agency_id = s.agency_id and l.id = s.plan_line_id
	left join plans.plan n on n.agency_id = l.agency_id and n.id = l.plan_id
	left join people.person p on p.agency_id = s.agency_id and p.id = s.frozen_by
	left join people.person d on d.agency_id = s.agency_id and d.id = s.drawn_by
	where s.agency_id = platform.current_agency()`;

function read(found: StudyRow): Study {
	const { indicatorId, code, indicatorName, unitOfMeasure, better, subject, ...rest } = found;
	const { treatedBy, comparedWith, classesFrom, classesTo, ...planned } = rest;
	const { design, covariates, seed, drawnAt, drawnBy, drawnInTime, text, hash, ...row } = planned;
	const indicator = {
		id: indicatorId,
		code,
		name: indicatorName,
		unitOfMeasure,
		better: directionOf(better),
		subject: subjectOf(subject)
	};
	return {
		...row,
		design: designOf(design),
		indicator,
		covariates: covariatesOf(covariates),
		selection: selectionOf({ treatedBy, comparedWith, from: classesFrom, to: classesTo }),
		draw:
			seed === null || drawnAt === null
				? null
				: { seed, at: drawnAt, by: drawnBy, inTime: drawnInTime === true },
		fixed: text === null || hash === null ? null : { text, hash }
	};
}

/** SQL twin of `canReadStudy`; `s` is the study. */
export function visibleStudy(actor: Actor): RawBuilder<SqlBool> {
	if (mayEverywhere(actor, 'impact.read')) return sql<SqlBool>`true`;
	return sql<SqlBool>`(s.frozen_at is not null and exists (
		select from impact.study_subject x join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
		where x.agency_id = s.agency_id and x.study_id = s.id and ${inScope(actor, 'impact.read', 'u.path')}))`;
}

/** Studies of a filter, newest first. */
export async function studiesWhere(db: Db, filter: RawBuilder<SqlBool>, limit: number): Promise<Study[]> {
	const { rows } = await sql<StudyRow>`${STUDIES} and ${filter}
		order by coalesce(s.frozen_at, s.created_at) desc, s.id limit ${limit}`.execute(db);
	return rows.map(read);
}

export type JudgedStudy = Study & {
	/** Null while the design is not fixed: who sees the answer first could still choose the comparison that fits. */
	finding: Finding | null;
};

/** Studies with what they found: computed now, from the rows. */
export async function judged(db: Db, studies: readonly Study[]): Promise<JudgedStudy[]> {
	const found = await findingsOf(
		db,
		studies.filter(({ frozenAt }) => frozenAt !== null)
	);
	return studies.map((study) => ({ ...study, finding: found.get(study.id) ?? null }));
}

export const studiesFor = async (db: Db, actor: Actor): Promise<JudgedStudy[]> =>
	judged(db, await studiesWhere(db, visibleStudy(actor), 50));

/** One study that the actor may see. Refuses: missing. */
export async function visibleStudyById(db: Db, actor: Actor, studyId: string): Promise<Study> {
	const [study] = await studiesWhere(db, sql<SqlBool>`s.id = ${studyId} and ${visibleStudy(actor)}`, 1);
	if (study === undefined) throw missing();
	return study;
}

/** One study with its units and, once fixed, its rows and finding. Refuses: missing. */
export async function studyById(db: Db, actor: Actor, studyId: string) {
	const study = await visibleStudyById(db, actor, studyId);
	const fixed = study.frozenAt !== null;
	const ofPeople = study.indicator.subject === 'person';
	const found = fixed ? await shownOf(db, study) : undefined;
	const units =
		found?.units ??
		(ofPeople
			? await peopleOfStudies(db, [studyId], { traits: false })
			: await unitsOfStudies(db, [studyId], { counted: false })
		).get(studyId) ??
		[];
	return {
		study,
		units,
		/** Who the codes of a study of people are, for whoever sees everybody; else not even their codes are needed. */
		names:
			ofPeople && canReadEverybody(actor) && (!fixed || study.draw !== null)
				? await namesInStudy(db, studyId)
				: null,
		outcomes: (await outcomesOf(db, [studyId])).get(studyId) ?? [],
		panel: found?.question.rows ?? [],
		finding: found?.finding ?? null,
		bootstrap: found === undefined ? null : bootstrapOf(found),
		/** Does the stored lottery follow from its seed? */
		drawHolds: study.draw === null ? null : drawHolds(units, study.draw.seed),
		/** What the study could see, from the history before its start; only while it can still be changed. */
		detectable: fixed ? null : await detectableOf(db, studyId),
		remarks: await remarksOf(db, studyId),
		can: {
			edit: canDesign(actor, study.indicator.subject) && !fixed,
			amend: canEdit(actor) && fixed,
			bundle: canTakeBundle(actor, study.indicator),
			comment: canComment(actor) && fixed
		}
	};
}
