import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** From where a thread is followed. A gap is a unit and a competency. */
export type Anchor =
	| { kind: 'plan-line' | 'class' | 'certificate' | 'study'; id: string }
	| { kind: 'gap'; unitId: string; competencyId: string };

export type Ends = {
	title: string;
	competencyId: string | null;
	unitId: string | null;
	lineIds: string[];
	classIds: string[];
	studyIds: string[];
};

/** Both ends of the thread from wherever it was picked up; undefined when the anchor is not of this agency. */
export async function endsOf(db: Db, anchor: Anchor): Promise<Ends | undefined> {
	const start =
		anchor.kind === 'gap'
			? sql`select c.name || ' · ' || u.name as title, c.id as competency_id, u.id as unit_id,
					array(select l.id from plans.line l left join people.unit lu on lu.agency_id = l.agency_id and lu.id = l.unit_id
						where l.agency_id = c.agency_id and l.competency_id = c.id and (l.unit_id is null or lu.path @> u.path or lu.path <@ u.path)) as lines,
					'{}'::uuid[] as classes
				from competencies.competency c join people.unit u on u.agency_id = c.agency_id
				where c.agency_id = platform.current_agency() and c.id = ${anchor.competencyId} and u.id = ${anchor.unitId}`
			: anchor.kind === 'plan-line'
				? sql`select g.name as title, l.competency_id, l.unit_id, array[l.id] as lines, '{}'::uuid[] as classes
					from plans.line l join programs.program g on g.agency_id = l.agency_id and g.id = l.program_id
					where l.agency_id = platform.current_agency() and l.id = ${anchor.id}`
				: anchor.kind === 'study'
					? sql`select s.question as title, coalesce(l.competency_id, i.competency_id) as competency_id, l.unit_id,
							case when s.plan_line_id is not null then array[s.plan_line_id] else array(
								select o.id from plans.line o where o.agency_id = s.agency_id and o.program_id = s.program_id) end as lines,
							case when s.plan_line_id is not null then '{}'::uuid[] else t.classes end as classes
						from impact.study s
						join impact.indicator i on i.agency_id = s.agency_id and i.id = s.indicator_id
						left join plans.line l on l.agency_id = s.agency_id and l.id = s.plan_line_id
						cross join lateral (select array(
							select c.id from classes.class c join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
							where c.agency_id = s.agency_id and v.program_id = s.program_id and c.status <> 'cancelled') as classes) t
						where s.agency_id = platform.current_agency() and s.id = ${anchor.id}`
					: sql`select c.name as title, l.competency_id, l.unit_id, array_remove(array[c.plan_line_id], null) as lines, array[c.id] as classes
						from classes.class c left join plans.line l on l.agency_id = c.agency_id and l.id = c.plan_line_id
						where c.agency_id = platform.current_agency() and c.id = ${
							anchor.kind === 'class'
								? sql`${anchor.id}`
								: sql`(select class_id from credentials.certificate where agency_id = platform.current_agency() and id = ${anchor.id})`
						}`;
	const rows = await sql<Ends>`
		with start as (${start}), line as (
			select *, case when cardinality(classes) > 0 then classes else array(
				select c.id from classes.class c where c.agency_id = platform.current_agency() and c.plan_line_id = any(lines) and c.status <> 'cancelled') end as class_ids
			from start
		)
		select title, competency_id as "competencyId", unit_id as "unitId", lines as "lineIds", class_ids as "classIds",
			-- Fixed studies of the lines, and those of no line on the program: the way back of the study's own start.
			array(select s.id from impact.study s where s.agency_id = platform.current_agency()
				and (s.id = ${anchor.kind === 'study' ? anchor.id : null}::uuid or (s.frozen_at is not null and (s.plan_line_id = any(lines)
					or (s.plan_line_id is null and s.program_id in (
						select l.program_id from plans.line l where l.agency_id = s.agency_id and l.id = any(lines)
						union select v.program_id from classes.class c join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
							where c.agency_id = s.agency_id and c.id = any(class_ids))))))) as "studyIds"
		from line`.execute(db);
	return rows.rows[0];
}
