import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';

export type MasteryOfVersion = {
	/** People who handed the test after in, in finished classes of five or more, and of them those at its pass mark. */
	people: number;
	passed: number;
	/** Learning outcomes, and those that a question of the test measures. */
	outcomes: number;
	measured: number;
	/** Mean over the measured outcomes of the share of people who master one; and the least mastered of them. */
	mastered: number | null;
	weakest: { statement: string; mastered: number } | null;
};
export const NO_MASTERY: MasteryOfVersion = {
	people: 0,
	passed: 0,
	outcomes: 0,
	measured: 0,
	mastered: null,
	weakest: null
};

/**
 * Who masters the learning outcomes of curriculum versions after the class: somebody with at least the test's pass mark
 * in the questions that measure it, a question left open being wrong. The same rule as `masteryOf` of one quiz, counted
 * by the database because it may be thousands of people; classes under five are in no total.
 */
export async function masteryOfVersions(
	db: Db,
	versionIds: readonly string[]
): Promise<Map<string, MasteryOfVersion>> {
	if (versionIds.length === 0) return new Map();
	const { rows } = await sql<MasteryOfVersion & { versionId: string }>`
		with taken as materialized (
			select * from (
				select t.agency_id, t.id, row_number() over ()::bigint as place, t.quiz_id, q.version_id, q.pass_percent, t.score * 100 >= q.pass_percent * t.max_score as passed,
					count(*) over (partition by t.class_id) as people
				from classes.class c
				join learning.attempt t on t.agency_id = c.agency_id and t.class_id = c.id and t.purpose = 'posttest' and t.finished_at is not null
				join content.quiz q on q.agency_id = t.agency_id and q.id = t.quiz_id
				where c.agency_id = (select platform.current_agency()) and c.version_id = any(${[...versionIds]}::uuid[]) and c.status = 'finished'
			) x where people >= ${SMALLEST_GROUP}
		), tied as materialized (
			select i.outcome_id, dense_rank() over (order by i.outcome_id) as nr, n.quiz_id, n.id as question_id, n.kind = 'single' as single, count(*) over (partition by i.outcome_id, n.quiz_id) as items,
				array(select k.id from content.choice k where k.agency_id = n.agency_id and k.question_id = n.id and k.correct) as correct
			from programs.outcome o
			join evaluation.item_outcome i on i.agency_id = o.agency_id and i.outcome_id = o.id
			join content.question n on n.agency_id = i.agency_id and n.id = i.question_id
			join content.quiz q on q.agency_id = n.agency_id and q.id = n.quiz_id and q.purpose = 'posttest'
			where o.agency_id = (select platform.current_agency()) and o.version_id = any(${[...versionIds]}::uuid[])
		), hit as (
			-- One number for a person and an outcome (its place among them): thousands of pairs of ids would be sorted.
			select k.place * 1000 + d.nr as place, count(*) as hits from taken k
			join learning.answer x on x.agency_id = k.agency_id and x.attempt_id = k.id
			join tied d on d.question_id = x.question_id
			where case when d.single then x.choice_ids = d.correct else x.choice_ids @> d.correct and x.choice_ids <@ d.correct end
			group by k.place * 1000 + d.nr
		), asked as (select distinct outcome_id, nr, quiz_id, items from tied), reached as (
			select k.version_id, d.quiz_id, d.nr, count(*) as people from hit h
			join taken k on k.place = h.place / 1000
			join asked d on d.quiz_id = k.quiz_id and d.nr = h.place % 1000
			where h.hits * 100 >= k.pass_percent * d.items
			group by k.version_id, d.quiz_id, d.nr
		), mastered as (
			-- Whoever answered nothing rightly is in no row of reached, and masters only where nothing is asked for.
			select k.version_id, d.outcome_id,
				sum(case when k.pass_percent = 0 then k.people else coalesce(r.people, 0) end) / sum(k.people)::float8 as mastered
			from (select version_id, quiz_id, pass_percent, count(*) as people from taken group by version_id, quiz_id, pass_percent) k
			join asked d on d.quiz_id = k.quiz_id
			left join reached r on r.version_id = k.version_id and r.quiz_id = k.quiz_id and r.nr = d.nr
			group by k.version_id, d.outcome_id
		)
		select v.id as "versionId",
			(select count(*)::int from taken k where k.version_id = v.id) as people,
			(select count(*)::int from taken k where k.version_id = v.id and k.passed) as passed,
			(select count(*)::int from programs.outcome o where o.agency_id = v.agency_id and o.version_id = v.id) as outcomes,
			(select count(*)::int from mastered x where x.version_id = v.id) as measured,
			(select avg(x.mastered)::float8 from mastered x where x.version_id = v.id) as mastered,
			(select jsonb_build_object('statement', o.statement, 'mastered', x.mastered)
				from mastered x join programs.outcome o on o.agency_id = v.agency_id and o.id = x.outcome_id
				where x.version_id = v.id order by x.mastered, o.sort limit 1) as weakest
		from programs.version v
		where v.agency_id = (select platform.current_agency()) and v.id = any(${[...versionIds]}::uuid[])`.execute(
		db
	);
	return new Map(rows.map(({ versionId, ...row }) => [versionId, row]));
}
