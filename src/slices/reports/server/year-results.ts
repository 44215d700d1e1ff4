import { sql } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import {
	canReadCostsOfEffects,
	costPerEffect,
	effectOf,
	studyCosts,
	verdictsOfYear,
	type StudyCost
} from '#slices/impact/public.server.ts';
import { canReadYear, canTrace } from '../access.ts';
import { inMayorsOrder, type ProgramOfYear } from '../year.ts';
import { hoursByUnit } from './learning-hours.ts';
import { remeasured } from './remeasured.ts';

/** What a year was to cost and cost. Realised is what was entered: of how many finished classes stands beside it. */
export type YearMoney = {
	planned: number;
	budget: number;
	realised: number;
	/** Finished classes, and those of which something realised is entered. */
	finished: number;
	entered: number;
	/** The decreed plan of the year, when it is one. */
	planId: string | null;
};

/** Breaks that belong to no level: what the plan promised and nobody held, and what answers no measured need. */
export type YearBreaks = {
	lines: number;
	linesUnheld: number;
	linesWithoutNeed: number;
	classesUnplanned: number;
};

/**
 * The mayor's page: what the year's programs brought, for what money, and where the chain is broken. Computed when looked
 * at, from the rows. Refuses: missing, for whoever does not answer for the whole agency.
 */
export async function yearResults(db: Db, actor: Actor, year: number) {
	if (!canReadYear(actor)) throw missing();
	const hours = await hoursByUnit(db, actor, year, null);
	const found = await verdictsOfYear(db, actor, year);
	const spent = canReadCostsOfEffects(actor)
		? await studyCosts(
				db,
				actor,
				found.map(({ studyId }) => studyId)
			)
		: new Map<string, StudyCost>();
	const verdicts = found.map((one) => {
		const cost = spent.get(one.studyId);
		return { ...one, cost: cost ? costPerEffect(cost, effectOf(one.verdict)) : null };
	});
	const gaps = await remeasured(
		db,
		actor,
		sql`select c.agency_id, c.id, 'year' as key, c.version_id, c.starts_on, c.ends_on from classes.class c
			where c.agency_id = (select platform.current_agency()) and c.status = 'finished' and ${inYear(year)}`
	);
	return {
		year,
		people: hours.reduce((sum, unit) => sum + unit.people, 0),
		reached: hours.reduce((sum, unit) => sum + unit.reached, 0),
		verdicts: verdicts.toSorted(inMayorsOrder),
		money: canReadCostsOfEffects(actor) ? await moneyOf(db, year) : null,
		gaps: gaps.get('year') ?? null,
		programs: await programsOfYear(db, year),
		breaks: await breaksOfYear(db, year),
		can: { trace: canTrace(actor), programs: hasAbility(actor, 'programs.read') }
	};
}

/** `c` is the class. */
const inYear = (year: number) =>
	sql`c.starts_on >= make_date(${year}, 1, 1) and c.starts_on <= make_date(${year}, 12, 31)`;

async function moneyOf(db: Db, year: number): Promise<YearMoney> {
	const { rows } = await sql<YearMoney>`
		with plan as (
			select p.agency_id, p.id, p.budget from plans.plan p
			where p.agency_id = (select platform.current_agency()) and p.year = ${year} and p.status = 'decreed'
		), class as (
			select c.id, sum(k.realised_amount) as realised from classes.class c
			left join papers.cost k on k.agency_id = c.agency_id and k.class_id = c.id
			where c.agency_id = (select platform.current_agency()) and c.status = 'finished' and ${inYear(year)}
			group by c.id
		)
		select (select coalesce(sum(l.cost), 0)::float8 from plan p join plans.line l on l.agency_id = p.agency_id and l.plan_id = p.id) as planned,
			(select coalesce(sum(budget), 0)::float8 from plan) as budget, coalesce(sum(realised), 0)::float8 as realised,
			count(*)::int as finished, count(realised)::int as entered,
			(select min(id::text) from plan having count(*) = 1) as "planId"
		from class`.execute(db);
	const [row] = rows;
	if (row === undefined) throw new Error('a sum without a row');
	return row;
}

/** Programs with finished classes in the year, and which of the four levels of each hold anything, by name. */
async function programsOfYear(db: Db, year: number): Promise<ProgramOfYear[]> {
	const { rows } = await sql<ProgramOfYear>`
		with class as materialized (
			select c.agency_id, c.id, v.program_id from classes.class c
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
			where c.agency_id = (select platform.current_agency()) and c.status = 'finished' and ${inYear(year)}
		), seat as (
			select c.program_id, count(*) as seated from class c
			join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id and r.status in ('enrolled', 'passed', 'failed')
			group by c.program_id
		), reaction as (
			select distinct c.program_id from class c
			join evaluation.reaction_box b on b.agency_id = c.agency_id and b.class_id = c.id and b.opened_on is not null
			where exists (select from evaluation.reaction_answer x where x.agency_id = c.agency_id and x.class_id = c.id)
		), pair as (
			select distinct c.program_id from class c
			join learning.attempt b on b.agency_id = c.agency_id and b.class_id = c.id and b.purpose = 'pretest' and b.finished_at is not null
			join learning.attempt a on a.agency_id = b.agency_id and a.class_id = b.class_id and a.purpose = 'posttest' and a.person_id = b.person_id
				and a.finished_at is not null
		), followup as (
			select c.program_id from class c join followup.action_plan p on p.agency_id = c.agency_id and p.class_id = c.id and p.status <> 'draft'
			union select c.program_id from class c
			join followup.evaluation e on e.agency_id = c.agency_id and e.class_id = c.id and e.closed_at is not null
		)
		select g.id as "programId", g.name, n.finished, coalesce(s.seated, 0)::int as seated,
			array[exists (select from reaction x where x.program_id = g.id), exists (select from pair x where x.program_id = g.id),
				exists (select from followup x where x.program_id = g.id),
				exists (select from impact.study t where t.agency_id = g.agency_id and t.program_id = g.id and t.frozen_at is not null)] as levels
		from (select program_id, count(*)::int as finished from class group by program_id) n
		join programs.program g on g.agency_id = (select platform.current_agency()) and g.id = n.program_id
		left join seat s on s.program_id = g.id
		order by g.name, g.id`.execute(db);
	return rows;
}

async function breaksOfYear(db: Db, year: number): Promise<YearBreaks> {
	const { rows } = await sql<YearBreaks>`
		with line as (
			select l.campaign_id is null as bare, exists (select from classes.class k where k.agency_id = l.agency_id
				and k.plan_line_id = l.id and k.status <> 'cancelled') as held
			from plans.plan p join plans.line l on l.agency_id = p.agency_id and l.plan_id = p.id
			where p.agency_id = (select platform.current_agency()) and p.year = ${year} and p.status = 'decreed'
		)
		select count(*)::int as lines, (count(*) filter (where not held))::int as "linesUnheld", (count(*) filter (where bare))::int as "linesWithoutNeed",
			(select count(*)::int from classes.class c where c.agency_id = (select platform.current_agency()) and c.status <> 'cancelled'
				and c.plan_line_id is null and ${inYear(year)}) as "classesUnplanned"
		from line`.execute(db);
	const [row] = rows;
	if (row === undefined) throw new Error('a count without a row');
	return row;
}
