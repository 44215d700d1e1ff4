import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import type { RaterRole } from '../../model.ts';
import type { Compared } from '../../non-response.ts';
import type { FollowUpFilter } from './filter.ts';
import { comparedOf } from './non-response.ts';

/** Evaluations in the actor's scope that the address asks for; `e` is the evaluation, `u` its unit, `c` the class, `v` its version. */
const asked = (actor: Actor, filter: FollowUpFilter): RawBuilder<SqlBool> => sql<SqlBool>`
	e.agency_id = (select platform.current_agency()) and ${inScope(actor, 'followup.read', 'u.path')}
	and (${filter.programId}::uuid is null or v.program_id = ${filter.programId}::uuid)
	and (${filter.classId}::uuid is null or e.class_id = ${filter.classId}::uuid)
	and (${filter.unitId}::uuid is null or u.path <@ (select path from people.unit x where x.agency_id = e.agency_id and x.id = ${filter.unitId}::uuid))`;

const EVALUATED = sql`followup.evaluation e
	join people.unit u on u.agency_id = e.agency_id and u.id = e.unit_id
	join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
	join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id`;

export type Results = {
	evaluations: number;
	closed: number;
	response: { role: RaterRole; asked: number; answered: number }[];
	levels: {
		competencyId: string;
		name: string;
		nameEn: string;
		/** People with a level before and now. */
		people: number;
		before: number;
		now: number;
		/** Standard error of the mean change, of the people's differences. */
		change: number;
		error: number | null;
		/** People who lacked half a level or more before, and of them those who no longer do. */
		short: number;
		reached: number;
		roles: { role: RaterRole; people: number; before: number; now: number }[];
	}[];
};

/** Levels before and now over everybody evaluated in scope, with who answered; closed evaluations only. */
export async function evaluationResults(db: Db, actor: Actor, filter: FollowUpFilter): Promise<Results> {
	const scope = asked(actor, filter);
	const counts = await sql<{ evaluations: number; closed: number }>`
		select count(*)::int as evaluations, count(e.closed_at)::int as closed from ${EVALUATED} where ${scope}`.execute(
		db
	);
	const response = await sql<Results['response'][number]>`
		select w.role, count(*)::int as asked, count(w.done_at)::int as answered
		from ${EVALUATED} join followup.rater w on w.agency_id = e.agency_id and w.evaluation_id = e.id
		where ${scope} and e.closed_at is not null
		group by w.role order by array_position(array['self', 'supervisor', 'peer', 'subordinate'], w.role)`.execute(
		db
	);
	const levels = await sql<Results['levels'][number]>`
		with e as materialized (select e.agency_id, e.id from ${EVALUATED} where ${scope} and e.closed_at is not null),
		said as (
			select r.competency_id, w.role, count(*)::int as people, avg(r.level_before)::float8 as before, avg(r.level_now)::float8 as now
			from e join followup.rating r on r.agency_id = e.agency_id and r.evaluation_id = e.id
			join followup.rater w on w.agency_id = r.agency_id and w.evaluation_id = r.evaluation_id and w.rater_id = r.rater_id and w.role in ('self', 'supervisor')
			group by r.competency_id, w.role
			union all
			select v.competency_id, v.role, count(*)::int, avg(v.before), avg(v.now)
			from e join followup.group_rating v on v.agency_id = e.agency_id and v.evaluation_id = e.id
			group by v.competency_id, v.role
		)
		select l.competency_id as "competencyId", k.name, k.name_en as "nameEn", count(*)::int as people,
			avg(l.level_before)::float8 as before, avg(l.level_now)::float8 as now, avg(l.level_now - l.level_before)::float8 as change,
			(stddev_samp(l.level_now - l.level_before) / sqrt(count(*)))::float8 as error,
			(count(*) filter (where l.required - l.level_before >= 0.5))::int as short,
			(count(*) filter (where l.required - l.level_before >= 0.5 and l.required - l.level_now < 0.5))::int as reached,
			coalesce((select jsonb_agg(jsonb_build_object('role', s.role, 'people', s.people, 'before', s.before, 'now', s.now)
				order by array_position(array['self', 'supervisor', 'peer', 'subordinate'], s.role)) from said s where s.competency_id = l.competency_id), '[]') as roles
		from e join followup.level l on l.agency_id = e.agency_id and l.evaluation_id = e.id and l.level_before is not null and l.level_now is not null
		join competencies.competency k on k.agency_id = l.agency_id and k.id = l.competency_id
		group by l.competency_id, k.name, k.name_en, k.sort order by k.sort`.execute(db);
	return {
		...(counts.rows[0] ?? { evaluations: 0, closed: 0 }),
		response: response.rows,
		levels: levels.rows
	};
}

/** Alumni who answered beside those who did not. */
export const nonResponse = (db: Db, actor: Actor, filter: FollowUpFilter): Promise<Compared[]> =>
	comparedOf(
		db,
		sql`select e.agency_id, e.class_id, e.person_id, s.post_kind, u.kind as unit_kind, w.done_at is not null as answered
			from ${EVALUATED}
			join followup.rater w on w.agency_id = e.agency_id and w.evaluation_id = e.id and w.role = 'self'
			left join people.staff s on s.agency_id = e.agency_id and s.person_id = e.person_id
			where ${asked(actor, filter)} and e.closed_at is not null`
	);

/** Programs with evaluations in the actor's scope, for the choice above the results. */
export async function evaluatedPrograms(db: Db, actor: Actor): Promise<{ id: string; name: string }[]> {
	const { rows } = await sql<{ id: string; name: string }>`
		select distinct g.id, g.name from ${EVALUATED}
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where ${asked(actor, { programId: null, classId: null, unitId: null })} order by g.name limit 200`.execute(
		db
	);
	return rows;
}

export type EvaluatedPerson = {
	id: string;
	name: string;
	unit: string;
	program: string;
	closedAt: Date;
	/** Mean level of the trained competencies; null where one of the two is not known. */
	before: number | null;
	now: number | null;
};

/** Closed evaluations in the actor's scope one by one, the latest first; each has a page that asks the same again. */
export async function evaluatedPeople(
	db: Db,
	actor: Actor,
	filter: FollowUpFilter,
	{ size, offset }: { size: number; offset: number }
): Promise<EvaluatedPerson[]> {
	const { rows } = await sql<EvaluatedPerson>`
		select e.id, o.name, u.name as unit, g.name as program, e.closed_at as "closedAt", l.before, l.now
		from ${EVALUATED}
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		join people.person o on o.agency_id = e.agency_id and o.id = e.person_id
		cross join lateral (
			select avg(x.level_before)::float8 as before, avg(x.level_now)::float8 as now from followup.level x
			where x.agency_id = e.agency_id and x.evaluation_id = e.id and x.level_before is not null and x.level_now is not null) l
		where ${asked(actor, filter)} and e.closed_at is not null
		order by e.closed_at desc, o.name, e.id limit ${size} offset ${offset}`.execute(db);
	return rows;
}
