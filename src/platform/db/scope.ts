import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Ability } from '#kernel/abilities.ts';
import { scopesOf, type Actor } from '#kernel/actor.ts';

/** SQL twin of `mayIn`: does the unit path in `column` lie where the actor has the ability? */
export function inScope(actor: Actor, ability: Ability, column: string): RawBuilder<SqlBool> {
	const scopes = scopesOf(actor, ability);
	if (scopes.includes('')) return sql<SqlBool>`true`;
	if (scopes.length === 0) return sql<SqlBool>`false`;
	return sql<SqlBool>`${sql.ref(column)} <@ any(${scopes}::ltree[])`;
}
