import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canSeeEvaluation } from '../../access.ts';
import type { RaterRole } from '../../model.ts';

export type Duty = {
	id: string;
	personName: string;
	program: string;
	role: RaterRole;
	closesOn: string;
	done: boolean;
};

/** Evaluations that one is asked to fill in and that are still open, those not answered first. */
export async function ratingDuties(db: Db, personId: string, today: string): Promise<Duty[]> {
	const { rows } = await sql<Duty>`
		select e.id, o.name as "personName", g.name as program, w.role, e.closes_on as "closesOn", w.done_at is not null as done
		from followup.rater w
		join followup.evaluation e on e.agency_id = w.agency_id and e.id = w.evaluation_id and e.closed_at is null and e.closes_on >= ${today}::date
		join people.person o on o.agency_id = e.agency_id and o.id = e.person_id
		join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where w.agency_id = (select platform.current_agency()) and w.rater_id = ${personId}
		order by w.done_at nulls first, e.closes_on, o.name limit 100`.execute(db);
	return rows;
}

export type OwnEvaluation = {
	id: string;
	personName: string;
	program: string;
	closesOn: string;
	closed: boolean;
};

/** Evaluations of oneself, newest first. */
export async function ownEvaluations(db: Db, personId: string): Promise<OwnEvaluation[]> {
	const { rows } = await sql<OwnEvaluation>`
		select e.id, o.name as "personName", g.name as program, e.closes_on as "closesOn", e.closed_at is not null as closed
		from followup.evaluation e
		join people.person o on o.agency_id = e.agency_id and o.id = e.person_id
		join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where e.agency_id = (select platform.current_agency()) and e.person_id = ${personId}
		order by e.opens_on desc limit 20`.execute(db);
	return rows;
}

export type RatingSheet = {
	id: string;
	personName: string;
	program: string;
	endsOn: string;
	closesOn: string;
	role: RaterRole;
	competencies: {
		competencyId: string;
		name: string;
		nameEn: string;
		/** What graduates can do in it, in the words of the curriculum. */
		statements: string[];
		levels: { level: number; headline: string }[];
		before: number | null;
		now: number | null;
	}[];
};

/** What this rater is asked, with their own answers so far; missing for everybody else and once it is closed. */
export async function ratingSheet(
	db: Db,
	actor: Actor,
	evaluationId: string,
	today: string
): Promise<RatingSheet> {
	const { rows } = await sql<RatingSheet>`
		select e.id, o.name as "personName", g.name as program, c.ends_on as "endsOn", e.closes_on as "closesOn", w.role,
			(select jsonb_agg(jsonb_build_object('competencyId', k.id, 'name', k.name, 'nameEn', k.name_en, 'before', r.level_before, 'now', r.level_now,
				'statements', (select coalesce(jsonb_agg(x.statement order by x.sort), '[]') from programs.outcome x
					where x.agency_id = c.agency_id and x.version_id = c.version_id and x.competency_id = k.id),
				'levels', (select coalesce(jsonb_agg(jsonb_build_object('level', x.level, 'headline', x.headline) order by x.level), '[]')
					from competencies.edition_level x where x.agency_id = k.agency_id and x.competency_id = k.id and x.dictionary_id = (
						select d.id from competencies.edition n join competencies.dictionary d on d.agency_id = n.agency_id and d.id = n.dictionary_id
						where n.agency_id = k.agency_id and n.competency_id = k.id order by d.status = 'in_force' desc, d.valid_from desc nulls last limit 1))) order by k.sort)
				from followup.level l
				join competencies.competency k on k.agency_id = l.agency_id and k.id = l.competency_id
				left join followup.rating r on r.agency_id = l.agency_id and r.evaluation_id = l.evaluation_id and r.competency_id = l.competency_id and r.rater_id = w.rater_id
				where l.agency_id = e.agency_id and l.evaluation_id = e.id) as competencies
		from followup.rater w
		join followup.evaluation e on e.agency_id = w.agency_id and e.id = w.evaluation_id and e.closed_at is null and e.closes_on >= ${today}::date
		join people.person o on o.agency_id = e.agency_id and o.id = e.person_id
		join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where w.agency_id = (select platform.current_agency()) and w.evaluation_id = ${evaluationId} and w.rater_id = ${actor.personId}`.execute(
		db
	);
	const sheet = rows[0];
	if (sheet === undefined) throw missing();
	return sheet;
}

export type RoleAnswers = { role: RaterRole; raters: number; before: number; now: number };
export type LevelChange = {
	competencyId: string;
	name: string;
	nameEn: string;
	required: number | null;
	before: { level: number; sd: number } | null;
	now: { level: number; sd: number } | null;
	/** What was said in this evaluation; peers and subordinates only as a group of three or more. */
	roles: RoleAnswers[];
	/** The same competency in the last survey before the class, by the same kinds of raters. */
	survey: { role: RaterRole; raters: number; level: number }[];
};
export type EvaluationSheet = {
	id: string;
	personId: string;
	personName: string;
	programId: string;
	program: string;
	closesOn: string;
	closed: boolean;
	supervisorId: string | null;
	unitPath: string;
	response: { role: RaterRole; asked: number; answered: number }[];
	changes: LevelChange[];
};

/**
 * The result of one evaluation, for the alumnus, the supervisor of today and readers of the unit; else missing. Nothing
 * of what was said before it is closed.
 */
export async function evaluationSheet(db: Db, actor: Actor, evaluationId: string): Promise<EvaluationSheet> {
	const { rows } = await sql<Omit<EvaluationSheet, 'changes' | 'response'> & { startsOn: string }>`
		select e.id, e.person_id as "personId", o.name as "personName", g.id as "programId", g.name as program, e.closes_on as "closesOn", e.closed_at is not null as closed,
			s.supervisor_id as "supervisorId", u.path::text as "unitPath", c.starts_on as "startsOn"
		from followup.evaluation e
		join people.person o on o.agency_id = e.agency_id and o.id = e.person_id
		join people.unit u on u.agency_id = e.agency_id and u.id = e.unit_id
		left join people.staff s on s.agency_id = e.agency_id and s.person_id = e.person_id
		join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where e.agency_id = (select platform.current_agency()) and e.id = ${evaluationId}`.execute(db);
	const found = rows[0];
	if (found === undefined || !canSeeEvaluation(actor, found)) throw missing();
	const { startsOn, ...sheet } = found;
	if (!sheet.closed) return { ...sheet, response: [], changes: [] };
	const response = await sql<EvaluationSheet['response'][number]>`
		select role, count(*)::int as asked, count(done_at)::int as answered from followup.rater
		where agency_id = (select platform.current_agency()) and evaluation_id = ${evaluationId}
		group by role order by array_position(array['self', 'supervisor', 'peer', 'subordinate'], role)`.execute(db);
	return {
		...sheet,
		response: response.rows,
		changes: await changesIn(db, evaluationId, sheet.personId, startsOn)
	};
}

async function changesIn(
	db: Db,
	evaluationId: string,
	personId: string,
	startsOn: string
): Promise<LevelChange[]> {
	const { rows } = await sql<LevelChange>`
		select l.competency_id as "competencyId", k.name, k.name_en as "nameEn", l.required,
			case when l.level_before is not null then jsonb_build_object('level', l.level_before, 'sd', l.sd_before) end as before,
			case when l.level_now is not null then jsonb_build_object('level', l.level_now, 'sd', l.sd_now) end as now,
			coalesce((select jsonb_agg(jsonb_build_object('role', q.role, 'raters', q.raters, 'before', q.before, 'now', q.now)
					order by array_position(array['self', 'supervisor', 'peer', 'subordinate'], q.role))
				from (
					select w.role, 1 as raters, r.level_before::float8 as before, r.level_now::float8 as now
					from followup.rating r
					join followup.rater w on w.agency_id = r.agency_id and w.evaluation_id = r.evaluation_id and w.rater_id = r.rater_id and w.role in ('self', 'supervisor')
					where r.agency_id = l.agency_id and r.evaluation_id = l.evaluation_id and r.competency_id = l.competency_id
					union all
					select v.role, v.raters, v.before, v.now from followup.group_rating v
					where v.agency_id = l.agency_id and v.evaluation_id = l.evaluation_id and v.competency_id = l.competency_id
				) q), '[]') as roles,
			coalesce((select jsonb_agg(jsonb_build_object('role', q.source, 'raters', q.raters, 'level', q.level)
					order by array_position(array['self', 'supervisor', 'peer', 'subordinate'], q.source))
				from (
					select r.source, 1 as raters, r.level::float8 as level from needs.rating r
					where r.agency_id = l.agency_id and r.campaign_id = n.id and r.person_id = ${personId} and r.competency_id = l.competency_id and r.source in ('self', 'supervisor')
					union all
					select v.source, v.raters, v.mean::float8 from needs.group_rating v
					where v.agency_id = l.agency_id and v.campaign_id = n.id and v.person_id = ${personId} and v.competency_id = l.competency_id
				) q), '[]') as survey
		from followup.level l
		join competencies.competency k on k.agency_id = l.agency_id and k.id = l.competency_id
		left join lateral (
			select n.id from needs.campaign n
			join needs.gap g on g.agency_id = n.agency_id and g.campaign_id = n.id and g.person_id = ${personId} and g.competency_id = l.competency_id and g.actual is not null
			where n.agency_id = l.agency_id and n.opens_on <= ${startsOn}::date order by n.opens_on desc limit 1
		) n on true
		where l.agency_id = (select platform.current_agency()) and l.evaluation_id = ${evaluationId}
		order by k.sort`.execute(db);
	return rows;
}
