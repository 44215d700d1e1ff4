import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import { inScope } from '#platform/db/scope.ts';
import { canManage } from '../access.ts';

/** Nobody of the class is hidden from them, whoever they are. */
export const seesEveryParticipant = (actor: Actor, teaching: boolean): boolean =>
	canManage(actor) || (teaching && actor.personId !== null);

/** SQL twin of `canSeeParticipant`; `r` is the registration, `s` the (outer-joined) staff row of its person. */
export function visibleParticipant(actor: Actor, teaching: boolean): RawBuilder<SqlBool> {
	if (seesEveryParticipant(actor, teaching)) return sql<SqlBool>`true`;
	return sql<SqlBool>`(r.person_id = ${actor.personId}::uuid or s.supervisor_id = ${actor.personId}::uuid
		or ${inScope(actor, 'classes.read', 's.unit_path')})`;
}

/** SQL twin of `canDecide`, with the same two names. */
export function decidable(actor: Actor): RawBuilder<SqlBool> {
	return sql<SqlBool>`(r.person_id is distinct from ${actor.personId}::uuid and (${canManage(actor)}::boolean
		or ${onesTeam(actor)} or ${inScope(actor, 'classes.approveTeam', 's.unit_path')}))`;
}

/** Whose supervisor the actor is, or in whose supervisor's place they decide today (`standIns` in lock.ts). */
export function onesTeam(actor: Pick<Actor, 'agencyId' | 'personId'>): RawBuilder<SqlBool> {
	return sql<SqlBool>`(s.supervisor_id = ${actor.personId}::uuid
		or s.supervisor_id in (select d.supervisor_id from classes.deputy d join platform.agency a on a.agency_id = d.agency_id
			where d.agency_id = ${actor.agencyId} and d.deputy_id = ${actor.personId}::uuid and d.ended_at is null
				and (now() at time zone a.time_zone)::date between d.valid_from and d.valid_to)
		or (r.escalated_at is not null and s.supervisor_id in (select b.person_id from people.staff b
			where b.agency_id = ${actor.agencyId} and b.supervisor_id = ${actor.personId}::uuid)))`;
}

/** Does the actor teach a session of the class `c`, alone or with others, or did they until they called off? */
export const teachesClass = (actor: Actor): RawBuilder<SqlBool> => sql<SqlBool>`exists (
	select from classes.session x join classes.session_facilitator f on f.agency_id = x.agency_id and f.session_id = x.id
	where x.agency_id = c.agency_id and x.class_id = c.id and f.person_id = ${actor.personId}::uuid)`;

/** SQL twin of `canSee`; `c` is the class. */
export function visibleClass(actor: Actor): RawBuilder<SqlBool> {
	if (hasAbility(actor, 'classes.read') || canManage(actor)) return sql<SqlBool>`true`;
	return sql<SqlBool>`(c.status <> 'planned'
		or ${teachesClass(actor)}
		or exists (select from classes.registration x where x.agency_id = c.agency_id and x.class_id = c.id and x.person_id = ${actor.personId}::uuid))`;
}

/** Does the actor teach the session `s`, and has not called off? */
export const leads = (actor: Actor): RawBuilder<SqlBool> => sql<SqlBool>`exists (
	select from classes.session_facilitator f where f.agency_id = s.agency_id and f.session_id = s.id
	and f.person_id = ${actor.personId}::uuid and f.cancelled_at is null)`;

/**
 * Is the session `s` for the person of this row? For the whole class unless it names members (a coaching pair); `row` is
 * the alias of a registration.
 */
export const isFor = (row: string): RawBuilder<SqlBool> => sql<SqlBool>`(
	not exists (select from classes.session_member m where m.agency_id = s.agency_id and m.session_id = s.id)
	or exists (select from classes.session_member m where m.agency_id = s.agency_id and m.session_id = s.id
		and m.person_id = ${sql.ref(`${row}.person_id`)}))`;

/** Name of the room of the session `s`; null when it stands in none. */
export const roomOf: RawBuilder<string | null> = sql`(
	select k.name from classes.room k where k.agency_id = s.agency_id and k.id = s.room_id)`;
