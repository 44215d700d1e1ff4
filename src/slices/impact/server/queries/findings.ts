import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { findingOf, type Finding, type Question } from '../../finding.ts';
import type { Traits } from '../../estimate-matched.ts';
import { directionOf, monthIndex, type Covariate, type Indicator } from '../../model.ts';
import { peopleOfStudies, peoplePanelsOf, type PersonOfStudy } from './people-panel.ts';
import type { Study } from './studies.ts';

export type Outcome = {
	indicator: Indicator;
	placebo: boolean;
	/** Stands for its figures, as `Study.figures`. */
	figures: string;
};
export type UnitOfStudy = {
	unitId: string;
	name: string;
	treated: boolean;
	treatedFrom: CivilDate | null;
	lot: number | null;
	/** What it stood in order by when lots were drawn. */
	lotKey: string | null;
	/** Ceased to exist while the study ran: left out as a whole, because what went on measuring is another unit. */
	endedOn: CivilDate | null;
	/** Unit that took over, when a merger or split says so. */
	followedBy: string | null;
	/** Who worked in it, or below it, when the training began. */
	people: number;
};

/** The months that a study looks at, by its plan: `s` is the study. */
const WINDOW = sql`lateral (
	select (min(y.treated_from) - make_interval(months => s.months_before))::date as opens,
		(max(y.treated_from) + make_interval(months => s.months_after))::date as closes,
		coalesce(min(y.treated_from), s.starts_from) as starts
	from impact.study_unit y where y.agency_id = s.agency_id and y.study_id = s.id) w`;

/** `u` ended before the study's last month; `s` and `w` as above. */
const ENDED = sql`(u.valid_to is not null and u.valid_to <= coalesce(w.closes, (
	select max(l.period) from impact.measurement l where l.agency_id = s.agency_id and l.indicator_id = s.indicator_id)))`;

/** Units of these studies, trained first; one query. */
export async function unitsOfStudies(
	db: Db,
	studyIds: readonly string[],
	{ counted }: { counted: boolean }
): Promise<Map<string, UnitOfStudy[]>> {
	if (studyIds.length === 0) return new Map();
	const people = counted
		? sql`(select count(*)::int from people.posting j join people.unit b on b.agency_id = j.agency_id and b.id = j.unit_id
			where j.agency_id = x.agency_id and b.path <@ u.path and j.valid_from <= w.starts
				and (j.valid_to is null or j.valid_to > w.starts))`
		: sql`0`;
	const { rows } = await sql<UnitOfStudy & { studyId: string }>`
		select x.study_id as "studyId", x.unit_id as "unitId", u.name, x.treated, x.treated_from as "treatedFrom", x.lot, x.lot_key as "lotKey",
			case when ${ENDED} then u.valid_to end as "endedOn",
			(select min(n.name) from people.unit_lineage g join people.unit n on n.agency_id = g.agency_id and n.id = g.successor_id
				where g.agency_id = x.agency_id and g.predecessor_id = x.unit_id) as "followedBy",
			${people} as people
		from impact.study s
		cross join ${WINDOW}
		join impact.study_unit x on x.agency_id = s.agency_id and x.study_id = s.id
		join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
		where s.agency_id = platform.current_agency() and s.id = any(${[...studyIds]}::uuid[])
		order by x.treated desc, u.name, x.unit_id`.execute(db);
	return Map.groupBy(rows, ({ studyId }) => studyId);
}

/** The other indicators of these studies. */
export async function outcomesOf(db: Db, studyIds: readonly string[]): Promise<Map<string, Outcome[]>> {
	if (studyIds.length === 0) return new Map();
	const { rows } = await sql<
		Omit<Indicator, 'better'> & { studyId: string; placebo: boolean; better: string; figures: string }
	>`
		select o.study_id as "studyId", o.placebo, i.id, i.code, i.name, i.unit_of_measure as "unitOfMeasure", i.better, i.figures
		from impact.study_outcome o join impact.indicator i on i.agency_id = o.agency_id and i.id = o.indicator_id
		where o.agency_id = platform.current_agency() and o.study_id = any(${[...studyIds]}::uuid[])
		order by o.placebo, i.code`.execute(db);
	const found = rows.map(({ studyId, placebo, better, figures, ...indicator }) => ({
		studyId,
		placebo,
		figures,
		indicator: { ...indicator, better: directionOf(better) }
	}));
	return Map.groupBy(found, ({ studyId }) => studyId);
}

export type OutcomeRow = PanelRow & { indicatorId: string };

/** Every month of every unit and indicator of these studies inside their windows, as the kernel wants it; one query. */
export async function panelsOf(db: Db, studyIds: readonly string[]): Promise<Map<string, OutcomeRow[]>> {
	if (studyIds.length === 0) return new Map();
	const { rows } = await sql<OutcomeRow & { studyId: string }>`
		select s.id as "studyId", m.indicator_id as "indicatorId", x.unit_id as unit, x.treated,
			(extract(year from m.period) * 12 + extract(month from m.period) - 1)::int as period,
			coalesce(x.treated and m.period >= x.treated_from, false) as post, m.value
		from impact.study s
		cross join ${WINDOW}
		join impact.study_unit x on x.agency_id = s.agency_id and x.study_id = s.id
		join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id and not ${ENDED}
		join lateral (select s.indicator_id as id union all select o.indicator_id from impact.study_outcome o
			where o.agency_id = s.agency_id and o.study_id = s.id) i on true
		join impact.measurement m on m.agency_id = s.agency_id and m.indicator_id = i.id and m.unit_id = x.unit_id
			and (w.opens is null or m.period >= w.opens) and (w.closes is null or m.period < w.closes)
		where s.agency_id = platform.current_agency() and s.id = any(${[...studyIds]}::uuid[])
		order by m.indicator_id, x.unit_id, m.period`.execute(db);
	return Map.groupBy(rows, ({ studyId }) => studyId);
}

export type Shown = { finding: Finding; question: Question; units: UnitOfStudy[]; key: string };
type Member = UnitOfStudy & Partial<Pick<PersonOfStudy, 'group' | 'traits'>>;

const KEPT = 128;
const memory = new Map<string, { key: string; finding: Finding }>();

const remembered = (studyId: string, key: string | undefined): Finding | undefined => {
	const kept = memory.get(studyId);
	return kept?.key === key ? kept?.finding : undefined;
};

/**
 * What fixed studies found. The same question gives the same finding, so it is worked out once and kept in memory under all
 * that can still change (`keysOf`): what stands there is never older than the rows.
 */
export async function findingsOf(db: Db, studies: readonly Study[]): Promise<Map<string, Finding>> {
	const keys = await keysOf(db, studies);
	const kept = new Map([...keys].map(([id, key]) => [id, remembered(id, key)]));
	const questions = await questionsOf(
		db,
		studies.filter(({ id }) => kept.get(id) === undefined)
	);
	return new Map(
		[...keys].map(([id, key]) => [
			id,
			remember(id, key, kept.get(id) ?? findingOf(asked(questions, id).question))
		])
	);
}

/** Of these fixed studies, those whose finding whoever looks next would wait for; no more than there is room for. */
export async function notYetFound(db: Db, studies: readonly Study[]): Promise<string[]> {
	const keys = await keysOf(db, studies);
	const missing = studies.flatMap(({ id }) => (remembered(id, keys.get(id)) === undefined ? [id] : []));
	let room = KEPT - memory.size;
	return missing.filter((id) => memory.has(id) || room-- > 0);
}

/** One fixed study with its rows and who takes part. */
export async function shownOf(db: Db, study: Study): Promise<Shown> {
	const key = (await keysOf(db, [study])).get(study.id) ?? '';
	const { question, units } = asked(await questionsOf(db, [study]), study.id);
	return {
		question,
		units,
		key,
		finding: remember(study.id, key, remembered(study.id, key) ?? findingOf(question))
	};
}

type Asked = Pick<Shown, 'question' | 'units'>;
function asked(questions: ReadonlyMap<string, Asked>, studyId: string): Asked {
	const found = questions.get(studyId);
	if (found === undefined) throw new Error(`study ${studyId} was not read`);
	return found;
}

function remember(studyId: string, key: string, finding: Finding): Finding {
	// Last used goes to the end; the first is forgotten.
	memory.delete(studyId);
	memory.set(studyId, { key, finding });
	if (memory.size > KEPT) for (const [oldest] of memory) if (memory.size > KEPT) memory.delete(oldest);
	return finding;
}

/**
 * A hash for each study of all that enters its finding: plan and outcomes, for the figures what stands for them
 * (`impact.indicator.figures`), and who takes part where something of them can still change: a unit ends, people are
 * counted anew, a grade is corrected. Who takes part in a fixed study of people without such traits never changes.
 */
export async function keysOf(db: Db, studies: readonly Study[]): Promise<Map<string, string>> {
	const members = await membersOf(
		db,
		studies.filter((study) => !ofPeople(study) || asksTraits(study))
	);
	const outcomes = await outcomesOf(
		db,
		studies.map(({ id }) => id)
	);
	return new Map(
		studies.map(({ fixed: _, ...study }) => [
			study.id,
			createHash('sha256')
				.update(JSON.stringify([study, outcomes.get(study.id), members.get(study.id)]))
				.digest('hex')
		])
	);
}

const ofPeople = ({ indicator }: Study): boolean => indicator.subject === 'person';
const asksTraits = ({ covariates }: Study): boolean => covariates.some((one) => TRAITS.includes(one));

/** Who takes part, units and people; each asked only what its study wants to know of them. */
async function membersOf(db: Db, studies: readonly Study[]): Promise<Map<string, Member[]>> {
	const kinds = Map.groupBy(studies, (study): 'traits' | 'people' | 'counted' | 'units' =>
		ofPeople(study)
			? asksTraits(study)
				? 'traits'
				: 'people'
			: study.covariates.includes('people')
				? 'counted'
				: 'units'
	);
	const ids = (kind: 'traits' | 'people' | 'counted' | 'units'): string[] =>
		(kinds.get(kind) ?? []).map(({ id }) => id);
	return new Map<string, Member[]>([
		...(await unitsOfStudies(db, ids('units'), { counted: false })),
		...(await unitsOfStudies(db, ids('counted'), { counted: true })),
		...(await peopleOfStudies(db, ids('people'), { traits: false })),
		...(await peopleOfStudies(db, ids('traits'), { traits: true }))
	]);
}

async function questionsOf(db: Db, studies: readonly Study[]): Promise<Map<string, Asked>> {
	if (studies.length === 0) return new Map();
	const members = await membersOf(db, studies);
	const ids = (people: boolean): string[] =>
		studies.flatMap((study) => (ofPeople(study) === people ? [study.id] : []));
	const panels = new Map([
		...(await panelsOf(db, ids(false))),
		...(await peoplePanelsOf(db, ids(true), members))
	]);
	const outcomes = await outcomesOf(
		db,
		studies.map(({ id }) => id)
	);
	return new Map(
		studies.map((study) => {
			const units = members.get(study.id) ?? [];
			const question = questionOf(study, panels.get(study.id) ?? [], outcomes.get(study.id) ?? [], units);
			return [study.id, { question, units }];
		})
	);
}

function questionOf(
	study: Study,
	rows: readonly OutcomeRow[],
	outcomes: readonly Outcome[],
	units: readonly Member[]
): Question {
	const byIndicator = Map.groupBy(rows, ({ indicatorId }) => indicatorId);
	const drawn = study.draw?.inTime === true ? units.filter(({ lot }) => lot !== null) : [];
	return {
		rows: byIndicator.get(study.indicator.id) ?? [],
		better: study.indicator.better,
		outcomes: outcomes.map((one) => ({ ...one, rows: byIndicator.get(one.indicator.id) ?? [] })),
		plannedBefore: study.plannedBefore,
		smallestUseful: study.smallestUseful,
		spillover: study.spillover,
		planned: drawn.length > 0 && study.design === 'lottery' ? drawn.length : units.length,
		setting: {
			design: study.design,
			drawn: new Set(drawn.map(({ unitId }) => unitId)),
			covariates: study.covariates,
			people: new Map(units.map(({ unitId, people }) => [unitId, people])),
			...(study.indicator.subject === 'person' ? { traits: traitsOf(units) } : {}),
			starts: new Map(
				units.flatMap(({ unitId, treatedFrom }) =>
					treatedFrom === null ? [] : [[unitId, monthIndex(treatedFrom)]]
				)
			)
		}
	};
}

/** What matching may be asked to know of people beside their series. */
export const TRAITS: readonly Covariate[] = ['grade', 'age', 'post', 'kind'];
export const traitsOf = (units: readonly { unitId: string; traits?: Traits | null }[]): Map<string, Traits> =>
	new Map(units.flatMap(({ unitId, traits }) => (traits ? [[unitId, traits] as const] : [])));
