import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { inScope } from '#platform/db/scope.ts';

/** SQL twin of `canSeeAbsence`; `a` is the absence, `s` the (outer-joined) staff row of its person. */
export const visibleAbsence = (actor: Actor): RawBuilder<SqlBool> =>
	sql<SqlBool>`(a.person_id = ${actor.personId}::uuid or coalesce(s.supervisor_id = ${actor.personId}::uuid, false)
		or coalesce(${inScope(actor, 'people.staffing', 's.unit_path')}, false))`;
