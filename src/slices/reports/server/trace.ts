import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { verdictsOf, visibleStudies, type StudyVerdict } from '#slices/impact/public.server.ts';
import { topicName } from '#slices/needs/public.ts';
import type { ThreadFacts } from '../rules.ts';
import { endsOf, type Anchor, type Ends } from './thread-ends.ts';
import { impactOf, resultsOf } from './trace-results.ts';
import { mayTraceFrom, readsUnit } from './trace-scope.ts';

/**
 * Everything that hangs on the thread, counted from rows, with its fixed studies one by one; undefined for what is not
 * there or out of the actor's reach. Of a unit out of reach it says that there is a gap, and no number.
 */
export async function threadFacts(
	db: Db,
	actor: Actor,
	anchor: Anchor
): Promise<{ title: string; facts: ThreadFacts; studies: StudyVerdict[] } | undefined> {
	const ends = (await mayTraceFrom(db, actor, anchor)) ? await endsOf(db, anchor) : undefined;
	if (!ends) return undefined;
	const outside = !(await readsUnit(db, actor, ends.unitId));
	const { gap, need, planLine } = await needOf(db, ends, anchor.kind === 'gap');
	const delivery = await deliveryOf(db, ends);
	const results = await resultsOf(db, ends);
	const visible = await visibleStudies(db, actor, ends.studyIds);
	const studies = await verdictsOf(db, { studyIds: visible });
	return {
		title: ends.title,
		facts: {
			gap: gap && { ...gap, outside },
			need: need && { ...need, outside },
			planLine,
			...delivery,
			...results,
			...impactOf(studies),
			studiesOutside: ends.studyIds.length > 0 && visible.length === 0
		},
		studies
	};
}

type Known<Fact> = Omit<NonNullable<Fact>, 'outside'> | null;
type Need = {
	gap: Known<ThreadFacts['gap']>;
	need: Known<ThreadFacts['need']>;
	planLine: ThreadFacts['planLine'];
};

/** The measured gap that the lines rest on (from a gap: that of its unit as it stands now), and the lines themselves. */
async function needOf(db: Db, ends: Ends, fromGap: boolean): Promise<Need> {
	const rows = await sql<{
		competency: string | null;
		unit: string | null;
		people: number | null;
		mean: number | null;
		lines: number;
		seats: number;
		planId: string | null;
		plan: string | null;
		decree: string | null;
		topic: string | null;
		needs: number;
		needPeople: number;
		needId: string | null;
	}>`
		with line as (
			select l.*, p.title, p.decree_number from plans.line l
			join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id
			where l.agency_id = platform.current_agency() and l.id = any(${ends.lineIds}::uuid[])
		), measured as (
			select count(*) filter (where g.gap > 0)::int as people, round(avg(g.gap) filter (where g.gap > 0), 2) as mean
			from needs.gap g
			join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
			where ${fromGap} and g.agency_id = platform.current_agency() and g.competency_id = ${ends.competencyId}
				and u.path <@ (select path from people.unit where agency_id = platform.current_agency() and id = ${ends.unitId})
				and g.campaign_id = (select n.id from needs.campaign n where n.agency_id = g.agency_id and n.status <> 'draft'
					order by (n.status = 'closed') desc, n.year desc, n.created_at desc limit 1)
		)
		select (select name from competencies.competency c where c.agency_id = platform.current_agency() and c.id = ${ends.competencyId}) as competency,
			(select name from people.unit u where u.agency_id = platform.current_agency() and u.id = ${ends.unitId}) as unit,
			case when ${fromGap} then (select people from measured) else (select sum(gap_people)::int from line) end as people,
			case when ${fromGap} then (select mean from measured)
				else (select round(sum(gap_people * gap_mean) / nullif(sum(gap_people), 0), 2) from line) end as mean,
			(select count(*)::int from line) as lines, (select coalesce(sum(seats), 0)::int from line) as seats,
			(select min(plan_id::text) from line) as "planId", (select min(title) from line) as plan, (select min(decree_number) from line) as decree,
			answered.*
		from (select min(n.topic) as topic, count(*)::int as needs, coalesce(sum(n.people), 0)::int as "needPeople", min(n.id::text) as "needId"
			from needs.proposal n where n.agency_id = platform.current_agency() and n.status = 'accepted'
				and n.id in (select need_id from line)) answered`.execute(db);
	const row = rows.rows[0];
	if (!row) return { gap: null, need: null, planLine: null };
	return {
		gap:
			row.competency !== null && row.people !== null && row.people > 0
				? {
						competency: row.competency,
						unit: row.unit,
						people: row.people,
						mean: row.mean ?? 0,
						href: ends.unitId === null ? '/needs/heat' : `/needs/heat?unit=${ends.unitId}`
					}
				: null,
		need:
			row.needs > 0 && row.topic !== null
				? {
						topic: topicName(row.topic),
						count: row.needs,
						people: row.needPeople,
						href: `/needs/proposals/${row.needId}`
					}
				: null,
		planLine:
			row.lines > 0 && row.planId !== null
				? {
						count: row.lines,
						plan: row.plan ?? '',
						decree: row.decree,
						seats: row.seats,
						href: `/plans/${row.planId}`
					}
				: null
	};
}

async function deliveryOf(
	db: Db,
	ends: Ends
): Promise<Pick<ThreadFacts, 'curriculum' | 'classes' | 'attendance'>> {
	const rows = await sql<{
		count: number;
		finished: number;
		classId: string | null;
		program: string | null;
		programId: string | null;
		number: number | null;
		participants: number;
		passed: number;
		percent: number | null;
	}>`
		with class as (
			select c.agency_id, c.id, c.status, c.version_id from classes.class c
			where c.agency_id = platform.current_agency() and c.id = any(${ends.classIds}::uuid[])
		), curriculum as (
			select g.name, g.id, v.number from programs.version v join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
			where v.agency_id = platform.current_agency() and (v.id in (select version_id from class) or (not exists (select from class)
				and v.id in (select q.version_id from plans.line l join programs.program q on q.agency_id = l.agency_id and q.id = l.program_id
					where l.agency_id = platform.current_agency() and l.id = any(${ends.lineIds}::uuid[]))))
			order by v.number desc limit 1
		), seat as (
			select r.status from class c join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id
			where r.status in ('enrolled', 'passed', 'failed')
		), sheet as (
			select t.status from class c join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id
			join classes.attendance t on t.agency_id = s.agency_id and t.session_id = s.id
		)
		select (select count(*)::int from class) as count, (select count(*)::int from class where status = 'finished') as finished,
			(select min(id::text) from class) as "classId",
			(select name from curriculum) as program, (select id from curriculum) as "programId", (select number from curriculum) as number,
			(select count(*)::int from seat) as participants, (select count(*)::int from seat where status = 'passed') as passed,
			(select round(100.0 * count(*) filter (where status in ('present', 'late')) / nullif(count(*), 0), 1) from sheet) as percent`.execute(
		db
	);
	const row = rows.rows[0];
	if (!row) return { curriculum: null, classes: null, attendance: null };
	const one = ends.classIds.length === 1 && row.classId !== null;
	return {
		curriculum:
			row.program !== null && row.number !== null
				? { program: row.program, number: row.number, href: `/programs/${row.programId}` }
				: null,
		classes:
			row.count > 0
				? { count: row.count, finished: row.finished, href: one ? `/classes/${row.classId}` : '/classes' }
				: null,
		attendance:
			row.participants > 0
				? { participants: row.participants, passed: row.passed, percent: row.percent }
				: null
	};
}
