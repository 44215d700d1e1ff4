import { sql } from 'kysely';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import { addDays, type CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import type { Traits } from '../../estimate-matched.ts';
import { monthIndex } from '../../model.ts';
import { ageBand, enoughTogether, gradeRank, pooledGroups } from '../../people-study.ts';
import type { OutcomeRow, UnitOfStudy } from './findings.ts';

/** One who takes part, by code: from here on nobody in a study has a name, an id or a unit of the agency. */
export type PersonOfStudy = UnitOfStudy & {
	/** Group that errors are counted by: the unit, or several of under five people together. */
	group: string;
	traits: Traits | null;
};

type Row = {
	studyId: string;
	code: string;
	treated: boolean;
	treatedFrom: CivilDate | null;
	lot: number | null;
	unitId: string;
	grade: string | null;
	bornOn: CivilDate | null;
	starts: CivilDate | null;
	post: string | null;
	kind: string | null;
};

/** Studies with the days that they look at, worked out once and not for everybody who takes part. */
const planned = (studyIds: readonly string[]) => sql`plan as materialized (
	select s.agency_id, s.id, s.indicator_id, coalesce(w.first, s.starts_from) as starts,
		(w.first - make_interval(months => s.months_before))::date as opens, (w.last + make_interval(months => s.months_after))::date as closes
	from impact.study s
	cross join lateral (select min(y.treated_from) as first, max(y.treated_from) as last
		from impact.study_person y where y.agency_id = s.agency_id and y.study_id = s.id) w
	where s.agency_id = (select platform.current_agency()) and s.id = any(${[...studyIds]}::uuid[])
)`;

/**
 * Who takes part in these studies of people, trained first. With `traits`, what was so of them when the training began:
 * grade and post by their histories, as far as these reach.
 */
export async function peopleOfStudies(
	db: Db,
	studyIds: readonly string[],
	{ traits }: { traits: boolean }
): Promise<Map<string, PersonOfStudy[]>> {
	if (studyIds.length === 0) return new Map();
	const known = traits
		? sql`coalesce(
				(select t.grade from people.standing t where t.agency_id = x.agency_id and t.person_id = x.person_id and t.grade is not null
					order by t.valid_from <= w.starts desc, case when t.valid_from <= w.starts then t.valid_from end desc, t.valid_from limit 1), p.grade) as grade,
			p.birth_date as "bornOn", w.starts,
			(select j.kind from people.posting j where j.agency_id = x.agency_id and j.person_id = x.person_id
				order by j.valid_from <= w.starts desc, case when j.valid_from <= w.starts then j.valid_from end desc, j.valid_from limit 1) as post,
			u.kind`
		: sql`null::text as grade, null::date as "bornOn", w.starts, null::text as post, null::text as kind`;
	const { rows } = await sql<Row>`
		with ${planned(studyIds)}
		select x.study_id as "studyId", x.code, x.treated, x.treated_from as "treatedFrom", x.lot, x.unit_id as "unitId", ${known}
		from plan w
		join impact.study_person x on x.agency_id = w.agency_id and x.study_id = w.id
		join people.person p on p.agency_id = x.agency_id and p.id = x.person_id
		join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
		order by x.treated desc, x.code`.execute(db);
	return new Map(
		[...Map.groupBy(rows, ({ studyId }) => studyId)].map(([studyId, own]) => {
			const groups = pooledGroups(own);
			return [
				studyId,
				own.map(({ code, treated, treatedFrom, lot, grade, bornOn, starts, post, kind }) => ({
					unitId: code,
					name: code,
					treated,
					treatedFrom,
					lot,
					lotKey: lot === null ? null : code,
					endedOn: null,
					followedBy: null,
					people: 0,
					group: groups.get(code) ?? '',
					traits: traits
						? { grade: gradeRank(grade), age: ageBand(bornOn, starts), post: post ?? '', kind: kind ?? '' }
						: null
				}))
			];
		})
	);
}

/**
 * Every period of everybody and every indicator of these studies of people inside their windows; one query, one row a
 * person and indicator. A period in which a side, or those who began together, has fewer than five people is not read:
 * its mean would be nearly theirs.
 */
export async function peoplePanelsOf(
	db: Db,
	studyIds: readonly string[],
	members: ReadonlyMap<string, readonly Pick<Partial<PersonOfStudy>, 'unitId' | 'group'>[]>
): Promise<Map<string, OutcomeRow[]>> {
	if (studyIds.length === 0) return new Map();
	const { rows } = await sql<{
		studyId: string;
		indicatorId: string;
		code: string;
		treated: boolean;
		treatedFrom: CivilDate | null;
		days: number[];
		values: number[];
	}>`
		with ${planned(studyIds)}, looked as materialized (
			select w.*, w.indicator_id as looked_at from plan w
			union all
			select w.*, o.indicator_id from plan w join impact.study_outcome o on o.agency_id = w.agency_id and o.study_id = w.id
		)
		select w.id as "studyId", w.looked_at as "indicatorId", x.code, x.treated, x.treated_from as "treatedFrom",
			json_agg(m.period - ${EPOCH}::date order by m.period) as days, json_agg(m.value order by m.period) as values
		from looked w
		join impact.study_person x on x.agency_id = w.agency_id and x.study_id = w.id
		join impact.person_measurement m on m.agency_id = w.agency_id and m.indicator_id = w.looked_at and m.person_id = x.person_id
			and (w.opens is null or m.period >= w.opens) and (w.closes is null or m.period < w.closes)
		group by w.id, w.looked_at, x.code, x.treated, x.treated_from
		order by w.looked_at, x.code`.execute(db);
	const groups = new Map(
		[...members].map(([studyId, own]) => [studyId, new Map(own.map(({ unitId, group }) => [unitId, group]))])
	);
	const months = monthsOfDays();
	const panels = new Map<string, (OutcomeRow & { start: number | null })[]>();
	for (const { studyId, indicatorId, code, treated, treatedFrom, days, values } of rows) {
		const panel = panels.get(studyId) ?? [];
		panels.set(studyId, panel);
		const cluster = groups.get(studyId)?.get(code) ?? code;
		const start = treatedFrom === null ? null : monthIndex(treatedFrom);
		days.forEach((day, at) => {
			const period = months(day);
			const post = treated && start !== null && period >= start;
			panel.push({ indicatorId, unit: code, cluster, period, treated, post, value: values[at] ?? 0, start });
		});
	}
	return new Map([...panels].map(([studyId, panel]) => [studyId, enoughTogether(panel)]));
}

/** Days are sent as numbers, which the database makes faster than months, and each is turned once. */
const EPOCH = '2000-01-01';
function monthsOfDays(): (day: number) => number {
	const known = new Map<number, number>();
	return (day) => {
		let month = known.get(day);
		if (month === undefined) known.set(day, (month = monthIndex(addDays(EPOCH, day))));
		return month;
	};
}

/** Names behind the codes of a study. Asks nobody's permission. */
export async function namesInStudy(db: Db, studyId: string): Promise<Record<string, string>> {
	const { rows } = await sql<{ code: string; name: string }>`
		select x.code, p.name from impact.study_person x join people.person p on p.agency_id = x.agency_id and p.id = x.person_id
		where x.agency_id = (select platform.current_agency()) and x.study_id = ${studyId} order by x.code`.execute(
		db
	);
	return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
}

/** What these people's figures were before their study's start: nobody was trained yet. Of a lottery only who applied. */
export async function peopleHistory(
	db: Db,
	studyId: string,
	members: readonly PersonOfStudy[]
): Promise<PanelRow[]> {
	const { rows } = await sql<{ code: string; days: number[]; values: number[] }>`
		with ${planned([studyId])}
		select x.code, json_agg(m.period - ${EPOCH}::date order by m.period) as days, json_agg(m.value order by m.period) as values
		from plan w
		join impact.study_person x on x.agency_id = w.agency_id and x.study_id = w.id
		join impact.person_measurement m on m.agency_id = w.agency_id and m.indicator_id = w.indicator_id and m.person_id = x.person_id
			and m.period < coalesce(w.starts, 'infinity')
		group by x.code order by x.code`.execute(db);
	const groups = new Map(members.map(({ unitId, group }) => [unitId, group]));
	const months = monthsOfDays();
	return rows.flatMap(({ code, days, values }) => {
		const cluster = groups.get(code);
		return cluster === undefined
			? []
			: days.map((day, at) => ({
					unit: code,
					cluster,
					period: months(day),
					value: values[at] ?? 0,
					treated: false,
					post: false
				}));
	});
}
