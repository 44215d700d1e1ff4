import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { NeedKind } from '../../need-model.ts';
import { ranked, type Counted, type Priority } from '../../priority.ts';
import { priorityRuleOn, serviceBandsOn, type DatedRule } from './need-rulesets.ts';
import { goalsOf, performanceSum, serviceResults, type Goal } from './need-sources.ts';

export type RankedNeed = Priority & {
	/** `competency:<id>`, `service:<element>` or `performance`. */
	key: string;
	rank: number;
	kind: Exclude<NeedKind, 'own'>;
	competencyId: string | null;
	element: number | null;
	/** Name of the competency; null for the others, whose names are words of the screen. */
	name: string | null;
	nameEn: string | null;
	counted: Counted;
	/** People measured in it (of the survey: units judged). */
	measured: number;
	/** People whose gap is more likely than not. */
	likely: number;
	/** People who ask for it in their own plan of the year. */
	asked: number;
	/** The goal whose weight counts. */
	goal: Goal | null;
};
type Unranked = Omit<RankedNeed, 'rank' | 'score' | 'steps'>;

type Unit = { id: string; path: string };
type Of = { campaign: { id: string; year: number }; unit: Unit; today: string };

/** Needs of a unit with everything below it, most urgent first, each with its arithmetic. */
export async function rankingOf(
	db: Db,
	{ campaign, unit, today }: Of
): Promise<{ rule: DatedRule; needs: RankedNeed[] }> {
	const rule = await priorityRuleOn(db, today);
	const goals = await goalsOf(db, unit, campaign.year);
	const found = [
		...(await competencyNeeds(db, campaign, unit, goals, today)),
		...(await serviceNeeds(db, unit, goals, campaign.year, today)),
		...(await performanceNeed(db, unit, goals, campaign.year))
	];
	return { rule, needs: ranked(found, rule) };
}

/** The weightiest goal that leans on it: one that names the competency before one that names none. */
function goalFor(goals: readonly Goal[], competencyId: string | null): Goal | null {
	const named = goals.filter((goal) => goal.competencyId !== null && goal.competencyId === competencyId);
	const pool = named.length > 0 ? named : goals.filter((goal) => goal.competencyId === null);
	return pool.reduce<Goal | null>(
		(best, goal) => (best === null || goal.weight > best.weight ? goal : best),
		null
	);
}

async function competencyNeeds(
	db: Db,
	campaign: Of['campaign'],
	unit: Unit,
	goals: readonly Goal[],
	today: string
): Promise<Unranked[]> {
	const { rows } = await sql<{
		competencyId: string;
		name: string;
		nameEn: string;
		measured: number;
		probability: number;
		size: number;
		importance: number;
		likely: number;
		asked: number;
		reach: number;
	}>`
		with wish as materialized (
			select i.person_id, l.competency_id
			from needs.idp i join needs.idp_line l on l.agency_id = i.agency_id and l.idp_id = i.id
			where i.agency_id = (select platform.current_agency()) and i.year = ${campaign.year} and i.status in ('submitted', 'agreed')
				and l.competency_id is not null
		), weight as materialized (
			select competency_id, post_level, importance from needs.importance
			where agency_id = (select platform.current_agency()) and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
		), here as materialized (
			select id from people.unit where agency_id = (select platform.current_agency()) and path <@ ${unit.path}::ltree
		), standing as (
			select s.competency_id, s.p_gap, s.shortfall, w.person_id is not null as wished,
				coalesce(exact.importance, usual.importance, 1) as importance
			from needs.standing(${campaign.id}) s
			join needs.target t on t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaign.id} and t.person_id = s.person_id
			left join wish w on w.person_id = s.person_id and w.competency_id = s.competency_id
			left join weight exact on exact.competency_id = s.competency_id and exact.post_level = t.post_level
			left join weight usual on usual.competency_id = s.competency_id and usual.post_level is null
			where s.measured and s.unit_id in (select id from here)
		)
		-- Counted first and named after: joined to the names, tens of thousands of people would be compared with each of them.
		select n.*, c.name, c.name_en as "nameEn"
		from (
			select competency_id as "competencyId", count(*)::int as measured, avg(p_gap)::float8 as probability,
				avg(shortfall)::float8 as size, avg(importance)::float8 as importance,
				(count(*) filter (where p_gap >= 0.5))::int as likely, (count(*) filter (where wished))::int as asked,
				(count(*) filter (where wished or p_gap >= 0.5))::int as reach
			from standing group by competency_id
		) n
		join competencies.competency c on c.agency_id = (select platform.current_agency()) and c.id = n."competencyId"`.execute(
		db
	);
	return rows.map(
		({ competencyId, name, nameEn, measured, likely, asked, probability, size, importance, reach }) => {
			const goal = goalFor(goals, competencyId);
			return {
				key: `competency:${competencyId}`,
				kind: 'competency' as const,
				competencyId,
				element: null,
				name,
				nameEn,
				measured,
				likely,
				asked,
				goal,
				counted: { probability, size, importance, reach, goal: goal?.weight ?? 1 }
			};
		}
	);
}

/** Weak elements of the newest surveys: a need of the organisation, for everybody who serves there. */
async function serviceNeeds(
	db: Db,
	unit: Unit,
	goals: readonly Goal[],
	year: number,
	today: string
): Promise<Unranked[]> {
	const results = await serviceResults(db, unit, await serviceBandsOn(db, today), {
		latest: true,
		until: year
	});
	const weak = results.flatMap((result) => result.weak.map((one) => ({ ...one, unitId: result.unitId })));
	if (weak.length === 0) return [];
	const staff = await staffBelow(db, [...new Set(weak.map(({ unitId }) => unitId))]);
	return [...Map.groupBy(weak, ({ element }) => element)].map(([element, of]) => {
		const goal = goalFor(goals, null);
		const reach = of.reduce((sum, { unitId }) => sum + (staff.get(unitId) ?? 0), 0);
		return {
			key: `service:${element}`,
			kind: 'service' as const,
			competencyId: null,
			element,
			name: null,
			nameEn: null,
			measured: results.length,
			likely: of.length,
			asked: 0,
			goal,
			counted: {
				// What was measured by a survey is a fact where it was measured: the share of units judged weak.
				probability: of.length / results.length,
				size: of.reduce((sum, { shortfall }) => sum + shortfall, 0) / of.length,
				importance: 1,
				reach,
				goal: goal?.weight ?? 1
			}
		};
	});
}

async function staffBelow(db: Db, unitIds: readonly string[]): Promise<Map<string, number>> {
	const { rows } = await sql<{ id: string; people: number }>`
		select u.id, count(s.person_id)::int as people
		from people.unit u
		left join people.staff s on s.agency_id = u.agency_id and s.unit_path <@ u.path
		where u.agency_id = (select platform.current_agency()) and u.id = any(${unitIds}::uuid[])
		group by u.id`.execute(db);
	return new Map(rows.map(({ id, people }) => [id, people]));
}

async function performanceNeed(
	db: Db,
	unit: Unit,
	goals: readonly Goal[],
	year: number
): Promise<Unranked[]> {
	const { people, rated, steps } = await performanceSum(db, unit, year);
	if (people === 0) return [];
	const goal = goalFor(goals, null);
	return [
		{
			key: 'performance',
			kind: 'performance',
			competencyId: null,
			element: null,
			name: null,
			nameEn: null,
			measured: rated,
			likely: people,
			asked: 0,
			goal,
			// A predicate is a fact where it is known: the share of people below. Gaps recorded by hand alone say nothing of others.
			counted: {
				probability: people / rated,
				size: steps,
				importance: 1,
				reach: people,
				goal: goal?.weight ?? 1
			}
		}
	];
}

export type PriorityDecision = {
	id: string;
	subject: string;
	decision: string;
	rank: number;
	score: number;
	reason: string;
	who: string;
	at: Date;
};

/** What people decided about the ranking of a unit, newest first. */
export async function decisionsOf(db: Db, unitId: string, year: number): Promise<PriorityDecision[]> {
	return db
		.selectFrom('needs.priority_decision')
		.select(['id', 'subject', 'decision', 'rank', 'score', 'reason', 'by_name as who', 'at'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('unit_id', '=', unitId)
		.where('year', '=', year)
		.orderBy('at', 'desc')
		.limit(200)
		.execute();
}
