import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import type { Correctable } from '../../privacy.ts';
import { fullNameOf } from './as-of.ts';

/** What stands in a field that can be corrected, as text; null for an empty one and for `other`. */
export async function valueOf(db: Db, personId: string, field: Correctable): Promise<string | null> {
	const { rows } = await sql<{ value: string | null }>`
		select ${VALUE} as value from (select ${field}::text as field) c, people.person p
		left join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id and j.valid_to is null
		where p.agency_id = (select platform.current_agency()) and p.id = ${personId}`.execute(db);
	return rows[0]?.value ?? null;
}

const VALUE = sql`case c.field when 'name' then p.name when 'front_title' then p.front_title when 'back_title' then p.back_title
	when 'birth_date' then p.birth_date::text when 'education_level' then p.education_level when 'grade' then p.grade
	when 'email' then p.email when 'post_title' then j.title end`;

export type Correction = {
	id: string;
	personId: string;
	name: string;
	unitName: string | null;
	field: string;
	current: string | null;
	proposed: string;
	evidence: string;
	status: string;
	askedAt: Date;
	decidedAt: Date | null;
	decidedBy: string | null;
	answer: string | null;
	/** What stands there now. */
	now: string | null;
};

const CORRECTION = sql`c.id, c.person_id as "personId", ${fullNameOf('p')} as name, u.name as "unitName", c.field, c.current, c.proposed,
	c.evidence, c.status, c.asked_at as "askedAt", c.decided_at as "decidedAt", c.decided_by as "decidedBy", c.answer, ${VALUE} as now`;

const corrections = (where: RawBuilder<unknown>) => sql<Correction>`
	select ${CORRECTION}
	from people.correction c
	join people.person p on p.agency_id = c.agency_id and p.id = c.person_id
	left join lateral (
		select q.unit_id, case when q.valid_to is null then q.title end as title from people.posting q
		where q.agency_id = c.agency_id and q.person_id = c.person_id order by q.valid_from desc limit 1
	) j on true
	left join people.unit u on u.agency_id = c.agency_id and u.id = j.unit_id
	where c.agency_id = (select platform.current_agency()) and ${where}`;

/** SQL twin of `canDecideCorrection` over corrections `c` with the unit `u` that the person sits in. */
const decidable = (actor: Actor): RawBuilder<SqlBool> =>
	sql<SqlBool>`(c.person_id is distinct from ${actor.personId}::uuid and ${inScope(actor, 'people.correct', 'u.path')})`;

/** What waits for this verifier, oldest first. */
export const correctionsWaitingFor = async (db: Db, actor: Actor): Promise<Correction[]> =>
	(
		await sql<Correction>`${corrections(sql`c.status = 'waiting' and ${decidable(actor)}`)} order by c.asked_at, c.id limit 200`.execute(
			db
		)
	).rows;

/**
 * Approved corrections that no longer stand: something wrote another value since, most likely an import from a source
 * that has not been put right.
 */
export const correctionsUndone = async (db: Db, actor: Actor): Promise<Correction[]> =>
	(
		await sql<Correction>`select * from (
			${corrections(sql`c.status = 'approved' and c.field <> 'other' and ${decidable(actor)} and not exists (
				select from people.correction later where later.agency_id = c.agency_id and later.person_id = c.person_id
					and later.field = c.field and later.status = 'approved' and later.decided_at > c.decided_at)`)}
		) x where x.now is distinct from x.proposed order by x."decidedAt" desc limit 200`.execute(db)
	).rows;

/** What a person asked to have put right, newest first. */
export const correctionsOf = async (db: Db, personId: string): Promise<Correction[]> =>
	(
		await sql<Correction>`${corrections(sql`c.person_id = ${personId}`)} order by c.asked_at desc limit 50`.execute(
			db
		)
	).rows;
