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

export type Outcome = { indicator: Indicator; placebo: boolean };
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
		Omit<Indicator, 'better'> & { studyId: string; placebo: boolean; better: string }
	>`
		select o.study_id as "studyId", o.placebo, i.id, i.code, i.name, i.unit_of_measure as "unitOfMeasure", i.better
		from impact.study_outcome o join impact.indicator i on i.agency_id = o.agency_id and i.id = o.indicator_id
		where o.agency_id = platform.current_agency() and o.study_id = any(${[...studyIds]}::uuid[])
		order by o.placebo, i.code`.execute(db);
	const found = rows.map(({ studyId, placebo, better, ...indicator }) => ({
		studyId,
		placebo,
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

export type Shown = { finding: Finding; question: Question; units: UnitOfStudy[] };

/** What fixed studies found: computed from their rows, and kept in memory only as long as the rows stay the same. */
export async function findingsOf(db: Db, studies: readonly Study[]): Promise<Map<string, Shown>> {
	const [ofPeople, ofUnits] = [true, false].map((people) =>
		studies.filter(({ indicator }) => (indicator.subject === 'person') === people).map(({ id }) => id)
	);
	const matched = studies.some(({ covariates }) => covariates.includes('people'));
	const traits = studies.some(({ covariates }) => covariates.some((one) => TRAITS.includes(one)));
	const people = await peopleOfStudies(db, ofPeople ?? [], { traits });
	const peoplePanels = await peoplePanelsOf(db, ofPeople ?? [], people);
	const panels = await panelsOf(db, ofUnits ?? []);
	const outcomes = await outcomesOf(
		db,
		studies.map(({ id }) => id)
	);
	const units = await unitsOfStudies(db, ofUnits ?? [], { counted: matched });
	return new Map(
		studies.map((study) => {
			const own = people.get(study.id) ?? units.get(study.id) ?? [];
			const rows = peoplePanels.get(study.id) ?? panels.get(study.id) ?? [];
			const question = questionOf(study, rows, outcomes.get(study.id) ?? [], own);
			return [study.id, { finding: remembered(question), question, units: own }];
		})
	);
}

function questionOf(
	study: Study,
	rows: readonly OutcomeRow[],
	outcomes: readonly Outcome[],
	units: readonly (UnitOfStudy & Partial<Pick<PersonOfStudy, 'traits'>>)[]
): Question {
	const byIndicator = Map.groupBy(rows, ({ indicatorId }) => indicatorId);
	const drawn = study.draw === null ? [] : units.filter(({ lot }) => lot !== null);
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

const KEPT = 128;
const memory = new Map<string, Finding>();

/** The same question gives the same finding, so it is worked out once; the key is a hash of everything that enters. */
function remembered(question: Question): Finding {
	const key = keyOf(question);
	const known = memory.get(key);
	const finding = known ?? findingOf(question);
	// Last used goes to the end; the first is forgotten.
	memory.delete(key);
	memory.set(key, finding);
	if (memory.size > KEPT) for (const [oldest] of memory) if (memory.size > KEPT) memory.delete(oldest);
	return finding;
}

export function keyOf({ rows, outcomes, setting, ...rest }: Question): string {
	const hash = createHash('sha256');
	hash.update(
		JSON.stringify({
			...rest,
			design: setting.design,
			drawn: [...setting.drawn],
			covariates: setting.covariates,
			people: [...setting.people],
			starts: [...setting.starts],
			traits: [...(setting.traits ?? [])],
			outcomes: outcomes.map(({ indicator, placebo }) => [indicator, placebo])
		})
	);
	for (const list of [rows, ...outcomes.map((one) => one.rows)]) {
		const figures = new Float64Array(list.length * 3);
		let unit = '';
		list.forEach((row, at) => {
			if (row.unit !== unit) hash.update(`${(unit = row.unit)} ${row.cluster ?? ''}`);
			figures.set([row.period, row.value, (row.treated ? 1 : 0) + (row.post ? 2 : 0)], at * 3);
		});
		hash.update(figures);
	}
	return hash.digest('hex');
}
