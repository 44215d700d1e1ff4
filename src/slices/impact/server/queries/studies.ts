import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { mayEverywhere, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canEdit } from '../../access.ts';
import { designOf, directionOf, type Design, type Indicator } from '../../model.ts';
import { findingOf, type Finding } from '../../rules.ts';

export type Study = {
	id: string;
	question: string;
	design: Design;
	plannedBefore: boolean;
	smallestUseful: number | null;
	frozenAt: Date | null;
	frozenBy: string | null;
	indicator: Indicator;
	programId: string;
	program: string;
	planLineId: string | null;
	plan: string | null;
};

type StudyRow = Omit<Study, 'design' | 'indicator'> & {
	design: string;
	indicatorId: string;
	code: string;
	indicatorName: string;
	unitOfMeasure: string;
	better: string;
};

const STUDIES = sql`
	select s.id, s.question, s.design, s.planned_before as "plannedBefore", s.smallest_useful as "smallestUseful",
		s.frozen_at as "frozenAt", p.name as "frozenBy", i.id as "indicatorId", i.code, i.name as "indicatorName",
		i.unit_of_measure as "unitOfMeasure", i.better, g.id as "programId", g.name as program,
		s.plan_line_id as "planLineId", n.title as plan
	from impact.study s
	join impact.indicator i on i.agency_id = s.agency_id and i.id = s.indicator_id
	join programs.program g on g.agency_id = s.agency_id and g.id = s.program_id
	left join plans.line l on l.agency_id = s.agency_id and l.id = s.plan_line_id
	left join plans.plan n on n.agency_id = l.agency_id and n.id = l.plan_id
	left join people.person p on p.agency_id = s.agency_id and p.id = s.frozen_by
	where s.agency_id = platform.current_agency()`;

function read({ indicatorId, code, indicatorName, unitOfMeasure, better, design, ...row }: StudyRow): Study {
	const indicator = {
		id: indicatorId,
		code,
		name: indicatorName,
		unitOfMeasure,
		better: directionOf(better)
	};
	return { ...row, design: designOf(design), indicator };
}

/** SQL twin of `canReadStudy`; `s` is the study. */
export function visibleStudy(actor: Actor): RawBuilder<SqlBool> {
	if (mayEverywhere(actor, 'impact.read')) return sql<SqlBool>`true`;
	return sql<SqlBool>`(s.frozen_at is not null and exists (
		select from impact.study_unit x join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
		where x.agency_id = s.agency_id and x.study_id = s.id and ${inScope(actor, 'impact.read', 'u.path')}))`;
}

/** Studies of a filter, newest first. */
export async function studiesWhere(db: Db, filter: RawBuilder<SqlBool>, limit: number): Promise<Study[]> {
	const { rows } = await sql<StudyRow>`${STUDIES} and ${filter}
		order by coalesce(s.frozen_at, s.created_at) desc, s.id limit ${limit}`.execute(db);
	return rows.map(read);
}

/** Every month of every unit of these studies, as the kernel wants it; one query. */
export async function panelsOf(db: Db, studyIds: readonly string[]): Promise<Map<string, PanelRow[]>> {
	if (studyIds.length === 0) return new Map();
	const { rows } = await sql<PanelRow & { studyId: string }>`
		select x.study_id as "studyId", x.unit_id as unit, x.treated,
			(extract(year from m.period) * 12 + extract(month from m.period) - 1)::int as period,
			coalesce(x.treated and m.period >= x.treated_from, false) as post, m.value
		from impact.study s
		join impact.study_unit x on x.agency_id = s.agency_id and x.study_id = s.id
		join impact.measurement m on m.agency_id = s.agency_id and m.indicator_id = s.indicator_id and m.unit_id = x.unit_id
		where s.agency_id = platform.current_agency() and s.id = any(${[...studyIds]}::uuid[])
		order by x.unit_id, m.period`.execute(db);
	return Map.groupBy(rows, ({ studyId }) => studyId);
}

export type JudgedStudy = Study & {
	/** Null while the design is not fixed: who sees the answer first could still choose the comparison that fits. */
	finding: Finding | null;
};

/** Studies with what they found: computed now, from the rows. */
export async function judged(db: Db, studies: readonly Study[]): Promise<JudgedStudy[]> {
	const frozen = studies.filter(({ frozenAt }) => frozenAt !== null);
	const panels = await panelsOf(
		db,
		frozen.map(({ id }) => id)
	);
	return studies.map((study) => ({
		...study,
		finding:
			study.frozenAt === null ? null : findingOf(panels.get(study.id) ?? [], study.indicator.better, study)
	}));
}

export const studiesFor = async (db: Db, actor: Actor): Promise<JudgedStudy[]> =>
	judged(db, await studiesWhere(db, visibleStudy(actor), 50));

export type UnitOfStudy = { unitId: string; name: string; treated: boolean; treatedFrom: CivilDate | null };

/** One study with its units and, once fixed, its rows and finding. Refuses: missing. */
export async function studyById(db: Db, actor: Actor, studyId: string) {
	const [study] = await studiesWhere(db, sql<SqlBool>`s.id = ${studyId} and ${visibleStudy(actor)}`, 1);
	if (study === undefined) throw missing();
	const units = await sql<UnitOfStudy>`
		select x.unit_id as "unitId", u.name, x.treated, x.treated_from as "treatedFrom"
		from impact.study_unit x join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
		where x.agency_id = platform.current_agency() and x.study_id = ${studyId}
		order by x.treated desc, u.name`.execute(db);
	const panel = study.frozenAt === null ? [] : ((await panelsOf(db, [studyId])).get(studyId) ?? []);
	return {
		study,
		units: units.rows,
		panel,
		finding: study.frozenAt === null ? null : findingOf(panel, study.indicator.better, study),
		can: { edit: canEdit(actor) && study.frozenAt === null }
	};
}
