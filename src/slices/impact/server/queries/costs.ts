import { sql, type RawBuilder } from 'kysely';
import { mayEverywhere, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadCosts, spentOnClasses } from '#slices/papers/public.server.ts';
import type { Spent } from '../../costs.ts';

export type ProgramCost = {
	programId: string;
	program: string;
	/** Finished classes of which something is entered, and what they cost in rupiah. */
	classes: number;
	spent: number;
	/** Items of these classes that nobody has entered yet: the cost is then too low. */
	open: number;
	/** People who finished them, and the JP that count for these. */
	people: number;
	hours: number;
	/** Levels of need that went away in the competencies of the program between the measurements before and after. */
	closed: number;
};

/** What a class costs is for those who may read costs of the whole; what it brought likewise. */
export const canReadCostsOfEffects = (actor: Actor): boolean =>
	canReadCosts(actor) && mayEverywhere(actor, 'impact.read');

/** Finished classes of which something is entered, with what they cost. */
async function pricedClasses(db: Db): Promise<RawBuilder<unknown>> {
	const spent = (await spentOnClasses(db)).filter(({ realised }) => realised > 0);
	return sql`
		select c.id, v.program_id, v.id as version_id, c.starts_on, c.ends_on, x.realised, x.open
		from jsonb_to_recordset(${JSON.stringify(spent)}::jsonb) as x("classId" uuid, realised float8, open int)
		join classes.class c on c.agency_id = (select platform.current_agency()) and c.id = x."classId"
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id`;
}

/** Programs with costs entered, dearest first, or one of them. Refuses: missing (also for whoever may not read costs). */
export async function programCosts(
	db: Db,
	actor: Actor,
	programId: string | null = null
): Promise<ProgramCost[]> {
	if (!canReadCostsOfEffects(actor)) throw missing();
	const { rows } = await sql<ProgramCost>`
		with priced as materialized (
			${await pricedClasses(db)} where ${programId}::uuid is null or v.program_id = ${programId}::uuid
		), people as materialized (
			select p.program_id, p.id as class_id, p.version_id, p.starts_on, p.ends_on, r.person_id, r.status
			from priced p join classes.registration r on r.agency_id = (select platform.current_agency())
				and r.class_id = p.id and r.status in ('passed', 'failed')
		), hours as (
			select p.program_id, sum(e.learning_hours)::float8 as hours
			from priced p join credentials.jp_entry e on e.agency_id = (select platform.current_agency())
				and e.class_id = p.id and e.status = 'counted'
			group by p.program_id
		), closed as (
			select p.program_id, sum(greatest(b.gap, 0) - greatest(a.gap, 0))::float8 as closed
			from (select distinct q.program_id, q.person_id, o.competency_id, q.starts_on, q.ends_on
				from people q join programs.outcome o on o.agency_id = (select platform.current_agency())
					and o.version_id = q.version_id where q.status = 'passed') p
			join lateral (select g.gap from needs.gap g join needs.campaign n on n.agency_id = g.agency_id and n.id = g.campaign_id
				where g.agency_id = (select platform.current_agency()) and g.person_id = p.person_id and g.competency_id = p.competency_id
					and g.gap is not null and n.closes_on < p.starts_on order by n.closes_on desc limit 1) b on true
			join lateral (select g.gap from needs.gap g join needs.campaign n on n.agency_id = g.agency_id and n.id = g.campaign_id
				where g.agency_id = (select platform.current_agency()) and g.person_id = p.person_id and g.competency_id = p.competency_id
					and g.gap is not null and n.opens_on > p.ends_on order by n.opens_on limit 1) a on true
			group by p.program_id
		)
		select g.id as "programId", g.name as program, t.classes, t.spent, t.open,
			(select count(distinct q.person_id)::int from people q where q.program_id = g.id) as people,
			coalesce(h.hours, 0) as hours, coalesce(d.closed, 0) as closed
		from (select program_id, count(*)::int as classes, sum(realised)::float8 as spent, sum(open)::int as open
			from priced group by program_id) t
		join programs.program g on g.agency_id = (select platform.current_agency()) and g.id = t.program_id
		left join hours h on h.program_id = g.id
		left join closed d on d.program_id = g.id
		order by t.spent desc, g.id limit 200`.execute(db);
	return rows;
}

/** With how many people of these classes it was spent on. */
export type StudyCost = Spent & { people: number };

/**
 * What was spent on those whom a study says were trained, by its id: of each class of its program within the study's
 * months the part of its cost that falls to them, everybody who finished the class bearing the same. A study may be about
 * a few units of a program that trained the whole city; dividing the whole cost by its effect would make training look
 * dear. A unit's people are those who worked in it, or below it, when the class began; units that ended while the study ran
 * are not counted, as in its estimate. Refuses: missing, for whoever may not read costs.
 */
export async function studyCosts(
	db: Db,
	actor: Actor,
	studyIds: readonly string[]
): Promise<Map<string, StudyCost>> {
	if (!canReadCostsOfEffects(actor)) throw missing();
	if (studyIds.length === 0) return new Map();
	const { rows } = await sql<StudyCost & { studyId: string }>`
		with priced as materialized (
			${await pricedClasses(db)}
		), seat as materialized (
			select p.program_id, p.starts_on, p.ends_on, r.person_id, p.realised / count(*) over (partition by p.id) as each
			from priced p join classes.registration r on r.agency_id = (select platform.current_agency())
				and r.class_id = p.id and r.status in ('passed', 'failed')
		), study as (
			select s.id, s.program_id, coalesce((min(x.treated_from) - make_interval(months => s.months_before))::date, '-infinity') as opens,
				coalesce((max(x.treated_from) + make_interval(months => s.months_after))::date, greatest(
					(select max(l.period) from impact.measurement l where l.agency_id = s.agency_id and l.indicator_id = s.indicator_id),
					(select max(l.period) from impact.person_measurement l where l.agency_id = s.agency_id and l.indicator_id = s.indicator_id))) as closes
			from impact.study s join impact.study_subject x on x.agency_id = s.agency_id and x.study_id = s.id
			where s.agency_id = (select platform.current_agency()) and s.id = any(${[...studyIds]}::uuid[])
			group by s.agency_id, s.id
		)
		select t.id as "studyId", sum(e.each)::float8 as spent, count(distinct e.person_id)::int as people,
			(select count(*)::int from impact.study_subject x join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
				where x.agency_id = (select platform.current_agency()) and x.study_id = t.id and x.treated
					and (x.subject_id <> x.unit_id or u.valid_to is null or u.valid_to > t.closes)) as treated
		from study t join seat e on e.program_id = t.program_id and e.ends_on >= t.opens and e.ends_on <= t.closes
		where exists (select from impact.study_person y
				where y.agency_id = (select platform.current_agency()) and y.study_id = t.id and y.treated and y.person_id = e.person_id)
			or exists (select from people.posting j
				join people.unit b on b.agency_id = j.agency_id and b.id = j.unit_id
				join impact.study_unit y on y.agency_id = j.agency_id and y.study_id = t.id and y.treated
				join people.unit u on u.agency_id = y.agency_id and u.id = y.unit_id and b.path <@ u.path and (u.valid_to is null or u.valid_to > t.closes)
				where j.agency_id = (select platform.current_agency()) and j.person_id = e.person_id
					and j.valid_from <= e.starts_on and (j.valid_to is null or j.valid_to > e.starts_on))
		group by t.id, t.closes`.execute(db);
	return new Map(rows.map(({ studyId, ...cost }) => [studyId, cost]));
}
