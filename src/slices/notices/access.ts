import { hasAbility, type Actor } from '#kernel/actor.ts';

/** Notices and how to be told are one's own: nobody else ever sees them. */
export const hasNotices = (actor: Actor): boolean => actor.personId !== null;

/** Sees what waits to be sent in the whole agency, and what failed, and sends again. */
export const canDeliver = (actor: Actor): boolean => hasAbility(actor, 'notices.deliver');

/** Tells people: only what happened does, by the system. */
export const canTell = (actor: Actor): boolean => actor.accountId === 'system';
