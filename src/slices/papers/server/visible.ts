import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { inScope } from '#platform/db/scope.ts';
import { canIssue } from '../access.ts';

/** SQL twin of `canSee`; `p` is the paper, `u` the (outer-joined) unit to which it is addressed. */
export function visiblePaper(actor: Actor): RawBuilder<SqlBool> {
	if (canIssue(actor)) return sql<SqlBool>`true`;
	return sql<SqlBool>`(p.status <> 'draft' and (coalesce(${inScope(actor, 'papers.read', 'u.path')}, false)
		or exists (select from papers.recipient x where x.agency_id = p.agency_id and x.paper_id = p.id and x.person_id = ${actor.personId}::uuid)))`;
}
