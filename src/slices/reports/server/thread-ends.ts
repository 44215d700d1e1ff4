import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** From where a thread is followed. A gap is a unit and a competency. */
export type Anchor =
	| { kind: 'plan-line' | 'version' | 'study' | 'indicator' | HangsOnClass; id: string }
	| { kind: 'gap'; unitId: string; competencyId: string };

/** What belongs to one class; a plan that nobody has sent yet is its writer's alone. */
const CLASS_OF = {
	class: (id: string) => sql`${id}::uuid`,
	finding: (id: string) =>
		sql`(select class_id from evaluation.finding where agency_id = platform.current_agency() and id = ${id})`,
	certificate: (id: string) =>
		sql`(select class_id from credentials.certificate where agency_id = platform.current_agency() and id = ${id})`,
	'action-plan': (id: string) =>
		sql`(select class_id from followup.action_plan where agency_id = platform.current_agency() and id = ${id} and status <> 'draft')`,
	evaluation: (id: string) =>
		sql`(select class_id from followup.evaluation where agency_id = platform.current_agency() and id = ${id})`
};
type HangsOnClass = keyof typeof CLASS_OF;

export type Ends = {
	title: string;
	competencyId: string | null;
	unitId: string | null;
	lineIds: string[];
	classIds: string[];
	studyIds: string[];
};

/** A finding about no class in particular, as focus groups of several bring them, hangs on its curriculum version. */
async function heldBy(db: Db, from: Anchor): Promise<Anchor> {
	if (from.kind !== 'finding') return from;
	const { rows } = await sql<{ versionId: string }>`
		select version_id as "versionId" from evaluation.finding
		where agency_id = platform.current_agency() and id = ${from.id} and class_id is null`.execute(db);
	return rows[0] ? { kind: 'version', id: rows[0].versionId } : from;
}

/** An indicator hangs on what its fixed studies ask about: their plan lines, or all that was held of their program. */
const ofIndicator = (id: string) => sql`
	select i.name as title, coalesce(case when t.needs = 1 then t.competency_id end, i.competency_id) as competency_id,
		case when t.units = 1 then t.unit_id end as unit_id,
		t.lines, array(select c.id from classes.class c join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
			where c.agency_id = i.agency_id and c.status <> 'cancelled' and (c.plan_line_id = any(t.lines) or v.program_id = any(t.programs))) as classes
	from impact.indicator i
	cross join lateral (
		select coalesce(array_agg(distinct l.id) filter (where l.id is not null), '{}') as lines,
			coalesce(array_agg(distinct s.program_id) filter (where s.plan_line_id is null), '{}') as programs,
			count(distinct l.competency_id) as needs, min(l.competency_id::text)::uuid as competency_id,
			count(distinct l.unit_id) as units, min(l.unit_id::text)::uuid as unit_id
		from impact.study s
		left join plans.line l on l.agency_id = s.agency_id and (l.id = s.plan_line_id or (s.plan_line_id is null and l.program_id = s.program_id))
		where s.agency_id = i.agency_id and s.indicator_id = i.id and s.frozen_at is not null) t
	where i.agency_id = platform.current_agency() and i.id = ${id}`;

/** Where the thread is picked up: its title, what it is about, its plan lines and its classes. */
function startOf(anchor: Anchor): RawBuilder<unknown> {
	switch (anchor.kind) {
		case 'gap':
			return sql`select c.name || ' · ' || u.name as title, c.id as competency_id, u.id as unit_id,
					array(select l.id from plans.line l left join people.unit lu on lu.agency_id = l.agency_id and lu.id = l.unit_id
						where l.agency_id = c.agency_id and l.competency_id = c.id and (l.unit_id is null or lu.path @> u.path or lu.path <@ u.path)) as lines,
					'{}'::uuid[] as classes
				from competencies.competency c join people.unit u on u.agency_id = c.agency_id
				where c.agency_id = platform.current_agency() and c.id = ${anchor.competencyId} and u.id = ${anchor.unitId}`;
		case 'plan-line':
			return sql`select g.name as title, l.competency_id, l.unit_id, array[l.id] as lines, '{}'::uuid[] as classes
				from plans.line l join programs.program g on g.agency_id = l.agency_id and g.id = l.program_id
				where l.agency_id = platform.current_agency() and l.id = ${anchor.id}`;
		case 'study':
			return sql`select s.question as title, coalesce(l.competency_id, i.competency_id) as competency_id, l.unit_id,
					case when s.plan_line_id is not null then array[s.plan_line_id] else array(
						select o.id from plans.line o where o.agency_id = s.agency_id and o.program_id = s.program_id) end as lines,
					case when s.plan_line_id is not null then '{}'::uuid[] else t.classes end as classes
				from impact.study s
				join impact.indicator i on i.agency_id = s.agency_id and i.id = s.indicator_id
				left join plans.line l on l.agency_id = s.agency_id and l.id = s.plan_line_id
				cross join lateral (select array(
					select c.id from classes.class c join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
					where c.agency_id = s.agency_id and v.program_id = s.program_id and c.status <> 'cancelled') as classes) t
				where s.agency_id = platform.current_agency() and s.id = ${anchor.id}`;
		case 'indicator':
			return ofIndicator(anchor.id);
		case 'version':
			return sql`select g.name as title, case when t.needs = 1 then t.competency_id end as competency_id, case when t.units = 1 then t.unit_id end as unit_id,
					t.lines, t.classes
				from programs.version v
				join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
				cross join lateral (
					select coalesce(array_agg(distinct l.id) filter (where l.id is not null), '{}') as lines, coalesce(array_agg(distinct c.id) filter (where c.id is not null), '{}') as classes,
						count(distinct l.competency_id) as needs, min(l.competency_id::text)::uuid as competency_id,
						count(distinct l.unit_id) as units, min(l.unit_id::text)::uuid as unit_id
					from classes.class c left join plans.line l on l.agency_id = c.agency_id and l.id = c.plan_line_id
					where c.agency_id = v.agency_id and c.version_id = v.id and c.status <> 'cancelled') t
				where v.agency_id = platform.current_agency() and v.id = ${anchor.id}`;
		default:
			return sql`select c.name as title, l.competency_id, l.unit_id, array_remove(array[c.plan_line_id], null) as lines, array[c.id] as classes
				from classes.class c left join plans.line l on l.agency_id = c.agency_id and l.id = c.plan_line_id
				where c.agency_id = platform.current_agency() and c.id = ${CLASS_OF[anchor.kind](anchor.id)}`;
	}
}

/** Both ends of the thread from wherever it was picked up; undefined when the anchor is not of this agency. */
export async function endsOf(db: Db, from: Anchor): Promise<Ends | undefined> {
	const anchor = await heldBy(db, from);
	const rows = await sql<Ends>`
		with start as (${startOf(anchor)}), line as (
			select *, case when cardinality(classes) > 0 then classes else array(
				select c.id from classes.class c where c.agency_id = platform.current_agency() and c.plan_line_id = any(lines) and c.status <> 'cancelled') end as class_ids
			from start
		)
		select title, competency_id as "competencyId", unit_id as "unitId", lines as "lineIds", class_ids as "classIds",
			-- Fixed studies of the lines, and those of no line on the program: the way back of the study's own start.
			array(select s.id from impact.study s where s.agency_id = platform.current_agency()
				and (s.id = ${anchor.kind === 'study' ? anchor.id : null}::uuid or (s.frozen_at is not null and (s.plan_line_id = any(lines)
					or s.indicator_id = ${anchor.kind === 'indicator' ? anchor.id : null}::uuid
					or (s.plan_line_id is null and s.program_id in (
						select l.program_id from plans.line l where l.agency_id = s.agency_id and l.id = any(lines)
						union select v.program_id from classes.class c join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
							where c.agency_id = s.agency_id and c.id = any(class_ids))))))) as "studyIds"
		from line`.execute(db);
	return rows.rows[0];
}
