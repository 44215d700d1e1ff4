import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { Stage } from '#slices/order.ts';

export type CycleStage = {
	room: Stage;
	href: string;
	/** The stage's own number and what it counts (message key `app.cycle.<room>.count`). */
	count: number;
	/** Late or waiting, message key `app.cycle.<room>.late`. */
	late: number;
	lateHref: string;
};

type Counts = Record<
	| 'people'
	| 'imports'
	| 'competencies'
	| 'openCampaigns'
	| 'rated'
	| 'asked'
	| 'programs'
	| 'reviews'
	| 'lessons'
	| 'bareProgram'
	| 'plans'
	| 'plansWaiting'
	| 'classes'
	| 'classesToFinish'
	| 'attempts'
	| 'unfinished'
	| 'reactions'
	| 'reactionsMissing'
	| 'papers'
	| 'papersDrafted'
	| 'certificates'
	| 'toIssue'
	| 'actionPlans'
	| 'plansLate'
	| 'studies'
	| 'unfrozen'
	| 'wishes'
	| 'reached'
	| 'unreached',
	number
>;

/** Siklus: the year as the cycle, each stage with its number and what is late in it; one statement. JP as in reports. */
export async function cycleHome(
	db: Db,
	today: string
): Promise<{ stages: CycleStage[]; block: CycleStage | null }> {
	const year = Number(today.slice(0, 4));
	const rows = await sql<Counts & { classToFinish: string | null }>`
		with a as (select platform.current_agency() as id),
		jp as (select person_id, sum(learning_hours) as jp from credentials.jp_entry where agency_id = (select id from a) and year = ${year} and status = 'counted' group by person_id),
		target as (
			select distinct on (employment_kind) employment_kind, learning_hours as jp from credentials.jp_target
			where agency_id = (select id from a) and nature = 'minimum'
				and valid_from <= make_date(${year}, 12, 31) and (valid_to is null or valid_to > make_date(${year}, 12, 31))
			order by employment_kind, valid_from desc
		),
		staff as materialized (select person_id, employment_kind from people.staff where agency_id = (select id from a)),
		owed as (
			select coalesce(jp.jp, 0) >= t.jp as reached from staff s
			join target t on t.employment_kind = s.employment_kind
			left join jp on jp.person_id = s.person_id
		),
		open_campaign as (select c.id from needs.campaign c where c.agency_id = (select id from a) and c.status = 'open' order by c.year desc limit 1),
		answers as (select count(actual)::int as rated, count(*)::int as asked from needs.gap where agency_id = (select id from a) and campaign_id = (select id from open_campaign)),
		over as (select c.id from classes.class c where c.agency_id = (select id from a) and c.status = 'finished' and c.ends_on >= ${today}::date - 365)
		select
			(select count(*)::int from staff where employment_kind <> 'OFFICIAL') as people,
			(select count(*)::int from people.import where agency_id = (select id from a) and status = 'checked') as imports,
			(select count(*)::int from competencies.competency c join competencies.dictionary d on d.agency_id = c.agency_id and d.id = c.dictionary_id
				where c.agency_id = (select id from a) and d.valid_to is null) as competencies,
			(select count(*)::int from open_campaign) as "openCampaigns",
			(select rated from answers), (select asked from answers),
			(select count(*)::int from programs.program where agency_id = (select id from a) and version_id is not null) as programs,
			(select count(*)::int from programs.review where agency_id = (select id from a) and decision is null) as reviews,
			(select count(*)::int from content.lesson where agency_id = (select id from a)) as lessons,
			(select count(*)::int from programs.program p where p.agency_id = (select id from a) and p.version_id is not null and not exists (
				select from content.quiz q where q.agency_id = p.agency_id and q.version_id = p.version_id)) as "bareProgram",
			(select count(*)::int from plans.plan where agency_id = (select id from a) and status = 'decreed') as plans,
			(select count(*)::int from plans.plan where agency_id = (select id from a) and status in ('draft', 'returned', 'submitted', 'approved')) as "plansWaiting",
			(select count(*)::int from classes.class where agency_id = (select id from a) and ends_on >= ${today}::date - 365 and status <> 'cancelled') as classes,
			(select count(*)::int from classes.class where agency_id = (select id from a) and status in ('open', 'running') and ends_on < ${today}::date) as "classesToFinish",
			(select id::text from classes.class where agency_id = (select id from a) and status in ('open', 'running') and ends_on < ${today}::date order by ends_on, id limit 1) as "classToFinish",
			(select count(*)::int from learning.attempt where agency_id = (select id from a) and finished_at is not null) as attempts,
			(select count(*)::int from learning.attempt where agency_id = (select id from a) and finished_at is null) as unfinished,
			(select count(*)::int from evaluation.reaction_given g where g.agency_id = (select id from a) and g.class_id in (select id from over)) as reactions,
			(select count(*)::int from classes.registration r where r.agency_id = (select id from a) and r.class_id in (select id from over) and r.status in ('passed', 'failed')
				and not exists (select from evaluation.reaction_given g where g.agency_id = r.agency_id and g.class_id = r.class_id and g.person_id = r.person_id)) as "reactionsMissing",
			(select count(*)::int from papers.paper where agency_id = (select id from a) and status = 'issued' and issued_on >= ${today}::date - 365) as papers,
			(select count(*)::int from papers.paper where agency_id = (select id from a) and status = 'draft') as "papersDrafted",
			(select count(*)::int from credentials.certificate where agency_id = (select id from a) and status = 'valid') as certificates,
			(select count(*)::int from classes.registration r where r.agency_id = (select id from a) and r.status = 'passed'
				and not exists (select from credentials.certificate c where c.agency_id = r.agency_id and c.class_id = r.class_id and c.person_id = r.person_id)) as "toIssue",
			(select count(*)::int from followup.action_plan where agency_id = (select id from a) and status <> 'draft') as "actionPlans",
			(select count(distinct p.id)::int from followup.action_plan p join followup.step s on s.agency_id = p.agency_id and s.action_plan_id = p.id
				where p.agency_id = (select id from a) and p.status in ('approved', 'running') and s.done_on is null and s.due_on < ${today}::date) as "plansLate",
			(select count(*)::int from impact.study where agency_id = (select id from a) and frozen_at is not null) as studies,
			(select count(*)::int from impact.study where agency_id = (select id from a) and frozen_at is null) as unfrozen,
			(select count(*)::int from growth.wish where agency_id = (select id from a) and closed_at is null and status = 'wished') as wishes,
			(select count(*)::int from owed where reached) as reached,
			(select count(*)::int from owed where not reached) as unreached`.execute(db);
	const n = rows.rows[0];
	if (!n) return { stages: [], block: null };
	const stage = (room: Stage, count: number, late: number, lateHref = `/${room}`): CycleStage => ({
		room,
		href: `/${room}`,
		count,
		late,
		lateHref
	});
	const stages = [
		stage('people', n.people, n.imports, '/people/import'),
		stage('competencies', n.competencies, 0),
		stage('needs', n.rated, n.asked - n.rated),
		stage('programs', n.programs, n.reviews),
		stage('content', n.lessons, n.bareProgram),
		stage('plans', n.plans, n.plansWaiting),
		stage(
			'classes',
			n.classes,
			n.classesToFinish,
			n.classToFinish === null ? undefined : `/classes/${n.classToFinish}`
		),
		stage('learning', n.attempts, n.unfinished),
		stage('evaluation', n.reactions, n.reactionsMissing),
		stage('papers', n.papers, n.papersDrafted, '/papers?status=draft'),
		stage('credentials', n.certificates, n.toIssue, '/credentials/office'),
		stage('followup', n.actionPlans, n.plansLate, '/followup/board'),
		stage('impact', n.studies, n.unfrozen),
		stage('growth', n.wishes, 0),
		stage('reports', n.reached, n.unreached)
	];
	// What stops the next stage: an unfinished class holds up certificates, those hold up JP; else the plan.
	const order: Stage[] = ['classes', 'credentials', 'plans', 'needs'];
	const block =
		order
			.map((room) => stages.find((one) => one.room === room))
			.find((one) => one !== undefined && one.late > 0) ?? null;
	return { stages, block };
}
