import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { gainOfAll, IS_MARK, MARK_ON_FOUR } from '#slices/evaluation/public.server.ts';
import { followUpOfClasses } from '#slices/followup/public.server.ts';
import type { StudyVerdict } from '#slices/impact/public.server.ts';
import type { ThreadFacts } from '../rules.ts';
import type { Ends } from './thread-ends.ts';

type Results = Pick<
	ThreadFacts,
	'reaction' | 'learning' | 'findings' | 'credentials' | 'followup' | 'checkIns' | 'evaluated' | 'remeasured'
>;

/** What came of the classes of a thread, level by level. */
export async function resultsOf(db: Db, ends: Ends): Promise<Results> {
	const classes = sql`any(${ends.classIds}::uuid[])`;
	const rows = await sql<{
		answered: number;
		score: number | null;
		findings: number;
		decided: number;
		changed: number;
		findingClass: string | null;
		certificates: number;
		jp: number;
		again: number;
		before: number | null;
		after: number | null;
	}>`
		with graduate as (
			select distinct r.person_id, max(c.ends_on) as ended from classes.registration r
			join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
			where r.agency_id = platform.current_agency() and r.class_id = ${classes} and r.status = 'passed' group by r.person_id
		), again as (
			-- The last rating before the class and the first after it, of those who passed, in the competency of the thread.
			select b.gap as before, a.gap as after from graduate t
			cross join lateral (select g.gap from needs.gap g join needs.campaign n on n.agency_id = g.agency_id and n.id = g.campaign_id
				where g.agency_id = platform.current_agency() and g.person_id = t.person_id and g.competency_id = ${ends.competencyId}
					and g.gap is not null and n.closes_on <= t.ended order by n.closes_on desc limit 1) b
			cross join lateral (select g.gap from needs.gap g join needs.campaign n on n.agency_id = g.agency_id and n.id = g.campaign_id
				where g.agency_id = platform.current_agency() and g.person_id = t.person_id and g.competency_id = ${ends.competencyId}
					and g.gap is not null and n.opens_on > t.ended order by n.opens_on limit 1) a
		), finding as (
			-- A finding and the change it asked for have one id.
			select f.class_id, r.decision from evaluation.finding f
			left join programs.change_request r on r.agency_id = f.agency_id and r.id = f.id
			where f.agency_id = platform.current_agency() and f.class_id = ${classes}
		)
		select
			(select count(*)::int from evaluation.reaction_given where agency_id = platform.current_agency() and class_id = ${classes}) as answered,
			(select round(avg(${MARK_ON_FOUR})::numeric, 2) from evaluation.reaction_answer where agency_id = platform.current_agency() and class_id = ${classes} and ${IS_MARK}) as score,
			(select count(*)::int from finding) as findings, (select count(decision)::int from finding) as decided,
			(select count(*)::int from finding where decision in ('adopted', 'partly')) as changed, (select min(class_id::text) from finding) as "findingClass",
			(select count(*)::int from credentials.certificate where agency_id = platform.current_agency() and class_id = ${classes} and status = 'valid') as certificates,
			(select coalesce(sum(learning_hours), 0) from credentials.jp_entry where agency_id = platform.current_agency() and class_id = ${classes} and status = 'counted') as jp,
			(select count(*)::int from again) as again, (select round(avg(before), 2) from again) as before, (select round(avg(after), 2) from again) as after`.execute(
		db
	);
	const [row] = rows.rows;
	if (row === undefined) throw new Error('counts without a row');
	const { gain, pairs } = await gainOfAll(db, ends.classIds);
	const { applied, rated } = await followUpOfClasses(db, ends.classIds);
	const { yes, partly, no, silent } = applied;
	return {
		reaction: { answered: row.answered, mean: row.score },
		learning: { pairs, gain: gain.shown ? gain.difference.meanDifference : null },
		findings: {
			count: row.findings,
			decided: row.decided,
			changed: row.changed,
			href: `/evaluation/${row.findingClass ?? ''}`
		},
		credentials: { certificates: row.certificates, learningHours: row.jp },
		followup: {
			plans: applied.plans,
			done: yes,
			projects: applied.projects,
			adopted: applied.adopted + applied.adoptedPartly,
			href: '/followup/board'
		},
		checkIns: { answered: yes + partly + no, yes, partly, no, silent },
		evaluated: { ...rated, href: '/followup/results' },
		remeasured:
			row.before === null || row.after === null
				? null
				: { people: row.again, before: row.before, after: row.after }
	};
}

/** The plans that were fixed and what they answered; null without any. */
export function impactOf(studies: readonly StudyVerdict[]): Pick<ThreadFacts, 'study' | 'impact'> {
	const [first] = studies;
	if (first === undefined) return { study: null, impact: null };
	const href = studies.length === 1 ? `/impact/${first.studyId}` : `/reports/program/${first.programId}`;
	return {
		study: {
			count: studies.length,
			before: studies.filter(({ plannedBefore }) => plannedBefore).length,
			href
		},
		impact: { count: studies.length, href }
	};
}
