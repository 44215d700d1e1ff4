import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { suggestions, type OpenGap, type Raise } from '../rules.ts';

/** Gaps measured last, with the level that classes passed since then raise to; largest first. */
export async function openGaps(db: Db, personId: string): Promise<(OpenGap & { nameEn: string })[]> {
	const rows = await sql<OpenGap & { nameEn: string }>`
		with last as (
			select n.id, n.closes_on from needs.campaign n
			where n.agency_id = platform.current_agency() and n.status <> 'draft' and exists (
				select from needs.gap h where h.agency_id = n.agency_id and h.campaign_id = n.id and h.person_id = ${personId} and h.actual is not null)
			order by n.year desc, n.created_at desc limit 1
		)
		select g.competency_id as "competencyId", c.name, c.name_en as "nameEn", g.required, g.actual as measured,
			(select max(o.level) from classes.registration r
				join classes.class k on k.agency_id = r.agency_id and k.id = r.class_id and k.ends_on > last.closes_on
				join programs.outcome o on o.agency_id = k.agency_id and o.version_id = k.version_id and o.competency_id = g.competency_id
				where r.agency_id = g.agency_id and r.person_id = g.person_id and r.status = 'passed') as "passedTo"
		from last
		join needs.gap g on g.agency_id = platform.current_agency() and g.campaign_id = last.id and g.person_id = ${personId} and g.gap > 0
		join competencies.competency c on c.agency_id = g.agency_id and c.id = g.competency_id
		order by g.gap desc, c.sort`.execute(db);
	return rows.rows;
}

export type Program = {
	programId: string;
	name: string;
	form: string;
	learningHours: number;
	raises: Raise[];
	/** The next class that still takes requests. */
	nextClassId: string | null;
	nextStartsOn: string | null;
	wish: 'wished' | null;
};

/** Programs in force that the person has not passed, is not in and has not put off. */
async function candidates(db: Db, personId: string, today: string): Promise<Program[]> {
	const rows = await sql<Program>`
		select p.id as "programId", p.name, p.form,
			(select coalesce(sum(m.learning_hours), 0) from programs.module m where m.agency_id = p.agency_id and m.version_id = p.version_id) as "learningHours",
			coalesce((select jsonb_agg(jsonb_build_object('competencyId', o.competency_id, 'level', o.level))
				from programs.outcome o where o.agency_id = p.agency_id and o.version_id = p.version_id), '[]') as raises,
			k.id as "nextClassId", k.starts_on as "nextStartsOn", w.status as wish
		from programs.program p
		left join growth.wish w on w.agency_id = p.agency_id and w.program_id = p.id and w.person_id = ${personId} and w.closed_at is null
		left join lateral (
			select c.id, c.starts_on from classes.class c
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id and v.program_id = p.id
			where c.agency_id = p.agency_id and c.status = 'open' and c.starts_on >= ${today}::date
			order by c.starts_on limit 1) k on true
		where p.agency_id = platform.current_agency() and p.version_id is not null and w.status is distinct from 'dismissed'
			and not exists (
				select from classes.registration r
				join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status <> 'cancelled'
				join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id and v.program_id = p.id
				where r.agency_id = p.agency_id and r.person_id = ${personId} and r.status in ('requested', 'approved', 'waiting', 'offered', 'enrolled', 'passed'))`.execute(
		db
	);
	return rows.rows;
}

/** What to learn next, best first, each with its reason; two statements. */
export async function suggestionsFor(db: Db, personId: string, today: string) {
	const gaps = await openGaps(db, personId);
	return gaps.length === 0 ? [] : suggestions(gaps, await candidates(db, personId, today));
}

/** Programs put off, so that one can take it back. */
export async function dismissedBy(
	db: Db,
	personId: string
): Promise<{ programId: string; name: string; reason: string }[]> {
	const rows = await sql<{ programId: string; name: string; reason: string }>`
		select p.id as "programId", p.name, w.reason from growth.wish w
		join programs.program p on p.agency_id = w.agency_id and p.id = w.program_id
		where w.agency_id = platform.current_agency() and w.person_id = ${personId} and w.closed_at is null and w.status = 'dismissed'
		order by w.at desc`.execute(db);
	return rows.rows;
}

export type TeamWish = { personName: string; unitName: string; program: string; reason: string; at: Date };

/** What people in one's units wish for, newest first. */
export async function wishesIn(db: Db, actor: Actor): Promise<TeamWish[]> {
	const rows = await sql<TeamWish>`
		select s.name as "personName", s.unit_name as "unitName", p.name as program, w.reason, w.at
		from growth.wish w
		join people.staff s on s.agency_id = w.agency_id and s.person_id = w.person_id
		join programs.program p on p.agency_id = w.agency_id and p.id = w.program_id
		where w.agency_id = platform.current_agency() and w.closed_at is null and w.status = 'wished'
			and ${inScope(actor, 'growth.read', 's.unit_path')}
		order by w.at desc limit 50`.execute(db);
	return rows.rows;
}
