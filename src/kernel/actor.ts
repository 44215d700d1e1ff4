import type { Ability } from './abilities.ts';

/** An ability that holds in a unit and everything below it; `unitPath` '' is the whole agency. */
export type Grant = { ability: Ability; unitPath: string };

/** A hat: one role a person holds somewhere, from a post or a dated grant. The person acts in one hat at a time. */
export type Hat = { key: string; role: string; unitId: string | null; unitName: string; unitPath: string };

/**
 * Who is doing this, as the rules see it: never a role name, only abilities and the units they reach.
 * `personId` is null for an account without a personnel record (the system itself, a machine token).
 */
export type Actor = {
	agencyId: string;
	accountId: string;
	personId: string | null;
	name: string;
	/** materialised path of the unit where the person works, '' when none */
	unitPath: string;
	hat: Hat | null;
	grants: readonly Grant[];
};

/** Does `path` lie in the unit `scope` or below it? Paths are dot-separated labels; '' is the agency. */
export const within = (path: string, scope: string): boolean =>
	scope === '' || path === scope || path.startsWith(`${scope}.`);

/** May the actor use the ability anywhere at all? For menus and for agency-wide things. */
export const hasAbility = (actor: Actor, ability: Ability): boolean =>
	actor.grants.some((grant) => grant.ability === ability);

/** May the actor use the ability in the unit at `unitPath`? */
export const mayIn = (actor: Actor, ability: Ability, unitPath: string): boolean =>
	actor.grants.some((grant) => grant.ability === ability && within(unitPath, grant.unitPath));

/** May the actor use the ability in the whole agency? */
export const mayEverywhere = (actor: Actor, ability: Ability): boolean =>
	actor.grants.some((grant) => grant.ability === ability && grant.unitPath === '');

/** Roots of the subtrees in which the actor has the ability: what `visibleTo` turns into SQL. */
export const scopesOf = (actor: Actor, ability: Ability): string[] =>
	actor.grants.filter((grant) => grant.ability === ability).map((grant) => grant.unitPath);

export const isSelf = (actor: Actor, personId: string | null): boolean =>
	actor.personId !== null && actor.personId === personId;
