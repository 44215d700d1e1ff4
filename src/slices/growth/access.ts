import { isSelf, mayIn, type Actor } from '#kernel/actor.ts';

/** Wishes are one's own. */
export const canWish = (actor: Actor): boolean => actor.personId !== null;

/** Oneself, or whoever may read growth in the unit: the supervisor who talks it over. */
export const canSee = (actor: Actor, person: { personId: string; unitPath: string }): boolean =>
	isSelf(actor, person.personId) || mayIn(actor, 'growth.read', person.unitPath);
